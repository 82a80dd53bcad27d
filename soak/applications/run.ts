import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatedAccount } from "../../local/aws/account";
import { startLane } from "../../local/lane";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { Random } from "../../tools/random";
import { repositoryRoot } from "../../tools/repository";
import { count } from "../../tools/text/numbers";
import { documentsIn } from "../audit/found";
import { countedOf, verdictOfCounts } from "../audit/verdict";
import { CountsByName } from "../counts-by-name";
import { planFaults } from "../fault-plan";
import { reportProgress, startInjection } from "../injection";
import { endOf } from "../invocation-end";
import type { SoakRun } from "../options";
import type { SoakReport } from "../report";
import { startSoakServices } from "../services";
import { Application, type LifeLines } from "./application";
import type { ProgramStats } from "./program-settings";
import { untilFound } from "./until-found";

const NAME = "soak";
const APPLICATIONS = 3;
const LANE = { name: NAME, shards: 2, batchSize: 100, timeoutSeconds: 12 };

/** The package as `npm run packages` builds it. */
const PACKAGE = join(repositoryRoot, "dist", "packages", "node-logger", "dist", "index.js");

/**
 * Lets applications log through the client library into a stream, injects the planned faults for `durationMs`, then waits until all
 * is delivered, and counts each line from `logger.info` to its document.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log and of the applications
 * @throws ProcessError when a part cannot be started
 */
export async function soakApplications(
  { seed, durationMs, heapMib }: SoakRun,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startSoakServices(heapMib);
  const { clients, searchProxy, archiveProxy, streamProxy, search } = services;
  const invocations = new CountsByName();
  const lane = await startLane(clients, {
    ...LANE,
    environment: {
      SEARCH_ENDPOINT: searchProxy.url,
      INDEX_PREFIX: `${NAME}-`,
      AWS_ENDPOINT_URL_S3: archiveProxy.url,
      BULK_MAX_BYTES: String(64 * 1024),
      REQUEST_TIMEOUT_SECONDS: "3",
    },
    onLine: log,
    onProblem: log,
    onResult: (_, result) => invocations.add(endOf(result)),
  });
  await lane.startReading();
  const ledgers = await temporaryDirectory();
  const random = new Random(seed);
  const applications = Array.from(
    { length: APPLICATIONS },
    (_, application) =>
      new Application({
        ...{ package: PACKAGE, stream: NAME, endpoint: streamProxy.url, region: emulatedAccount.AWS_REGION },
        ...{ application, directory: ledgers.path, seed: () => random.seed(), onLine: log },
      }),
  );
  say("Everything runs. Applications log, and faults are injected.");
  const injection = startInjection(
    ["search", "archive", "function", "stream", "application"],
    planFaults(seed, durationMs),
    {
      ...services,
      ...{ lambda: lane.lambda, applications },
      blockIndices: (blocked) => services.blockIndices(`${NAME}-*`, blocked),
    },
  );
  const progress = reportProgress(injection, say, () => `${applications.length} applications`);
  await Promise.all([sleep(durationMs), injection.ended]);

  say("All faults have ended. The applications flush and end; waiting until everything is delivered.");
  await Promise.all(applications.map((application) => application.end()));
  const lives = (await Promise.all(applications.map((application) => application.lines()))).flat();
  const location = { endpoint: search.url, indexPattern: `${NAME}-*` };
  const drained = await untilFound(location, lives.flatMap(({ flushed }) => flushed).length);
  progress.stop();
  await lane.stop();
  const found: string[] = [];
  for await (const { _source } of documentsIn<{ message: string }>(location, ["message"])) found.push(_source.message);
  const verdict = verdictOfCounts([
    countedOf("lines in the index", {
      put: lives.flatMap(({ flushed }) => flushed),
      perhaps: lives.flatMap(({ unflushed }) => unflushed),
      found,
    }),
  ]);
  const { alreadyIndexed, searchCrashes } = services;
  const stats = applications.flatMap((application) => application.stats);
  const { faults } = injection;
  await services.stop();
  await ledgers.remove();
  return {
    ...{ faults, invocations, alreadyIndexed, drained, verdict, waits: [], searchCrashes },
    notes: [killedText(lives, new Set(found)), sentAgainText(stats)],
  };
}

/** Counts what kills cost: lines that no flush had waited for. */
function killedText(lives: readonly LifeLines[], found: ReadonlySet<string>): string {
  const unflushed = lives.flatMap((life) => life.unflushed);
  const delivered = unflushed.filter((line) => found.has(line)).length;
  return (
    `${count(lives.length)} processes logged. Killed, they had ${count(unflushed.length)} lines that were not flushed: ` +
    `${count(delivered)} of them were delivered, ${count(unflushed.length - delivered)} were lost with the process.`
  );
}

function sentAgainText(stats: readonly ProgramStats[]): string {
  const sum = (of: (one: ProgramStats) => number) => count(stats.reduce((all, one) => all + of(one), 0));
  const resent = sum((one) => one.resentRecords);
  const throttled = sum((one) => one.throttledRecords);
  const dropped = sum((one) => Object.values(one.dropped).reduce((all, lines) => all + lines, 0));
  return `Records that processes sent again before they ended: ${resent}, ${throttled} of them throttled; lines dropped: ${dropped}.`;
}
