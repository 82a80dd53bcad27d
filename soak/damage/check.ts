import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { archivedEnvelopes, listObjects } from "../../local/delivery/archive";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { Random } from "../../tools/random";
import { count } from "../../tools/text/numbers";
import { type Found, ledgerEventsIn } from "../audit/found";
import { queryArchive } from "../readers/query-archive";
import { readArchive } from "../readers/read-archive";
import { type CommandRun, runCommand } from "./commands";
import { auditMistakes, NO_FINDINGS, printedAudit } from "./expected-findings";
import { documentChanges, indexedDocuments } from "./indexed-documents";
import { type DamagedPlaces, inflict, putBack } from "./inflict";
import { planDamage } from "./plan";
import { type RunCost, runCostText } from "./run-cost";

const HOUR_MS = 3_600_000;

export interface CheckOptions extends DamagedPlaces {
  /** Documents that are deleted, and as many that are duplicated and altered. */
  readonly each: number;
  readonly seed: number;
  /** See `soakedIndexSettings`. */
  readonly indexSettings: string;
  /** Milliseconds since the epoch: of the first event, and after the last one. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What the function has rejected, by events' names. */
  readonly rejected: Found["rejected"];
  readonly s3Url: string;
}

/** What the commands made of the soak's archive and index. */
export interface CommandsCheck {
  readonly notes: readonly string[];
  /** Empty if all was as it had to be. */
  readonly mistakes: readonly string[];
}

/**
 * Reads the archive by other readers and by SQL; damages it and the index, audits and heals them by the commands of the package, and
 * compares the index with what it was.
 *
 * @param say called with a line about the progress
 */
export async function checkCommands(options: CheckOptions, say: (line: string) => void): Promise<CommandsCheck> {
  const directory = await temporaryDirectory();
  try {
    const settings = join(directory.path, "index-settings.json");
    await writeFile(settings, options.indexSettings);
    const archived = await archivedNames(options);
    say("Reading the archive by other readers, and by SQL.");
    const readings = [
      await readArchive(options.s3, options.archive),
      await queryArchive(new Set([...archived.values()].flat()).size, (args) =>
        runCommand(
          ["sql", ...selected(options), "--cache", join(directory.path, "cache"), ...args],
          services(options),
          {
            searches: false,
          },
        ),
      ),
    ];
    const audited = await checkAudit(options, archived, settings, say);
    return {
      notes: [...readings.flatMap(({ notes }) => notes), ...audited.notes],
      mistakes: [...readings.flatMap(({ mistakes }) => mistakes), ...audited.mistakes],
    };
  } finally {
    await directory.remove();
  }
}

/** The names of the events in each object of the archive. */
async function archivedNames({ s3, archive: { bucket, prefix } }: CheckOptions): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const key of (await listObjects(s3, bucket, `${prefix}archive/`)).keys()) {
    const ofObject: string[] = [];
    for await (const envelope of archivedEnvelopes(s3, bucket, key)) {
      ofObject.push(...ledgerEventsIn(envelope).map(({ id }) => id));
    }
    names.set(key, ofObject);
  }
  return names;
}

/** The hours of the soak. */
function selected({ archive, fromMs, toMs }: CheckOptions): string[] {
  const time = (ms: number) => new Date(ms).toISOString().slice(0, "YYYY-MM-DDTHH:MM".length);
  const from = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  const to = Math.ceil(toMs / HOUR_MS) * HOUR_MS;
  return ["--bucket", archive.bucket, "--from", time(from), "--to", time(to)];
}

const services = ({ s3Url, search }: CheckOptions) => ({ s3: s3Url, search: search.endpoint });

async function checkAudit(
  options: CheckOptions,
  archived: ReadonlyMap<string, readonly string[]>,
  settings: string,
  say: (line: string) => void,
): Promise<CommandsCheck> {
  const mistakes: string[] = [];
  const costs: RunCost[] = [];
  const audit = async (expected: typeof NO_FINDINGS, exitCode: number, ...flags: string[]) => {
    const name = ["audit", ...flags].join(" ");
    say(`Running ${name}.`);
    const args = ["audit", ...selected(options), "--index-settings", settings, "--json", ...flags];
    const run: CommandRun = await runCommand(args, services(options));
    const printed = printedAudit(run.lines);
    costs.push({ ...run, name, events: printed.archived });
    mistakes.push(...auditMistakes(expected, printed).map((mistake) => `${name}: ${mistake}`));
    if (run.exitCode !== exitCode) mistakes.push(`${name}: exit status ${run.exitCode}, not ${exitCode}`);
  };
  const random = new Random(options.seed);
  const before = await indexedDocuments(options.search);
  const plan = planDamage(random, before, { archived, rejected: options.rejected });
  say("Deleting, duplicating and altering documents, and removing an object of the archive.");
  const damage = await inflict(plan, options.each, random, options);
  await audit(damage.ofIds, 1);
  await audit(damage.deep, 1, "--deep");
  await putBack(plan, options);
  await audit(NO_FINDINGS, 0, "--deep", "--heal", "--delete", "--yes");
  await audit(NO_FINDINGS, 0, "--deep");
  await audit(NO_FINDINGS, 0);
  const changes = documentChanges(before, await indexedDocuments(options.search));
  mistakes.push(...changes.map((change) => `after the healing, ${change}`));
  const { missing, duplicate, altered, extra } = damage.deep;
  return {
    notes: [
      `Deleted ${missing.length} documents, duplicated ${duplicate.length}, altered ${altered.length}; removed an object ` +
        `with ${count(extra.length)} of ${count(before.length)}.`,
      runCostText(costs),
    ],
    mistakes,
  };
}
