import { randomBytes } from "node:crypto";
import { type Clients, createClients } from "../archive/clients";
import type { RunDeadline } from "../archive/deadlines";
import { Interrupts } from "../archive/interrupts";
import { StoppedError } from "../archive/outcome-errors";
import { SdkBucket } from "../archive/sdk-bucket";
import { layoutsOfSettings } from "../core/events/configured-layouts";
import { failureReason } from "../core/http/failure-reason";
import { loginFor } from "../replay/arguments/sink";
import { LaneMessages } from "../replay/lane-messages";
import { queueSink } from "../replay/sinks/queue";
import { searchSink } from "../replay/sinks/search";
import { count, counted } from "../tools/text/numbers";
import { harmless } from "../tools/text/one-line";
import { Progress } from "../tools/text/progress";
import { logLine } from "../tools/usage/run-program";
import { UsageError } from "../tools/usage/usage-error";
import { accessLogsWays } from "./access-logs/prepare";
import type { AuditArguments } from "./arguments/arguments";
import { objectsBeside } from "./beside";
import type { CompareIo } from "./comparison";
import { EngineClient } from "./engine/engine-client";
import { IndexDocuments } from "./engine/index-documents";
import { removeDocuments } from "./engine/remove-documents";
import type { Finding, FindingKind } from "./findings";
import type { HealIo } from "./heal";
import { AuditJournal } from "./journal";
import { explainNothing } from "./nothing-found";
import { AuditReport } from "./report";
import { jsonFinding, jsonReport } from "./report-json";
import { auditText, auditTitle, findingText } from "./report-text";
import { type AuditRun, audit } from "./run";
import { unitsOf } from "./time-range";

export const AuditExitCode = { Agrees: 0, Differs: 1, NothingDone: 2 } as const;

/** Ids in memory at a time. */
const MAX_IDS = 6_000_000;

/** Findings of a unit that are kept. */
const MAX_NAMED = 100_000;

/** Findings of a kind that are printed one by one; --json prints all. */
const MAX_PRINTED = 100;

/**
 * Audits what `args` select, and prints the report.
 *
 * @param deadline that signals move
 * @returns the exit code
 * @throws UsageError when it cannot begin
 */
export async function runAudit(args: AuditArguments, deadline: RunDeadline): Promise<number> {
  const clients = createClients(process.env);
  const region = await clients.region();
  const print = (text: string) => process.stdout.write(`${harmless(text)}\n`);
  const journal = new AuditJournal(args, await clients.surroundings());
  const { io, healing, ways } = prepare(args, region, clients, deadline);
  const interrupts = new Interrupts(deadline, logLine);
  logLine(auditTitle(args));
  if (!args.accessLogs) for (const line of io.messages.titles) logLine(line);
  const report = new AuditReport(args.isJson ? (finding) => print(jsonFinding(finding)) : printer(print));
  report.beside.push(...(await preflight(args, io)));
  interrupts.giveTime();
  journal.prepare();
  if (journal.compared > 0)
    logLine(`${counted(journal.compared, "part")} of the range were compared before: ${journal.path}`);
  const units = unitsOf(args.selection);
  let untilMs = args.selection.fromMs;
  const total = args.selection.toMs - args.selection.fromMs;
  const progress = new Progress(
    process.stderr,
    () =>
      `${Math.floor((100 * (untilMs - args.selection.fromMs)) / total)} %, ${count(report.counts.sum.archived)} events`,
  );
  await audit(units, {
    ...{ io, report, healing, ways, journal },
    ended: ({ toMs }) => {
      untilMs = Math.max(untilMs, toMs);
    },
  });
  progress.end();
  await explainNothing(report, io).catch((error) => {
    if (!(error instanceof StoppedError)) throw error;
    report.stopped = error.message;
  });
  print(args.isJson ? jsonReport(report) : auditText(report, args));
  if (report.stopped === undefined) journal.remove();
  else logLine(`Stopped. ${report.stopped} ${continuation(journal)}`);
  if (report.nothingFound?.isKnown === false) return AuditExitCode.NothingDone;
  return report.isClean && report.healed.failed.length === 0 ? AuditExitCode.Agrees : AuditExitCode.Differs;
}

/** Says what the same command does next. */
const continuation = ({ isKept, path }: AuditJournal): string =>
  isKept
    ? `The same command continues where this one ended. The journal is ${path}`
    : "The same command starts over: no part of the range was finished.";

function prepare(
  args: AuditArguments,
  region: string,
  clients: Clients,
  deadline: RunDeadline,
): Pick<AuditRun, "io" | "healing" | "ways"> {
  const { endpoint, archivePrefix, recordMaxBytes, accessLogs } = args;
  const send = clients.search(endpoint.searchEndpoint, loginFor(endpoint.login), region);
  const bucket = new SdkBucket(clients.s3, args.bucket, deadline.signal);
  const ofObjects = accessLogs && accessLogsWays(accessLogs, bucket, { s3: clients.s3, signal: deadline.signal });
  const layouts = ofObjects?.layouts ?? layoutsOfSettings(endpoint.names);
  const messages = new LaneMessages(endpoint.messages);
  const isInterrupted = () => deadline.isInterrupted;
  const client = new EngineClient({ send, sleep: deadline.sleep, random: Math.random, isInterrupted });
  const seeds = [randomBytes(4).readUInt32LE(), randomBytes(4).readUInt32LE()] as const;
  const io: CompareIo = {
    ...{ bucket, args, region, messages, isInterrupted, layouts, seeds },
    ...{ index: new IndexDocuments(client, layouts), maxIds: MAX_IDS, maxNamed: MAX_NAMED },
  };
  const ways = ofObjects?.ways;
  if (!args.heal?.isDone) return { io, ways };
  const remove: HealIo["remove"] = (copies) => removeDocuments(send, copies);
  if (accessLogs) {
    const { queueUrl } = accessLogs;
    const sink = queueSink({ send: clients.queue(queueUrl, region), queueUrl, deadline });
    return { io, ways, healing: { sink, remove } };
  }
  const sink = searchSink({
    ...{ send, endpoint: endpoint.searchEndpoint, indexLayouts: layouts, messages, bucket, archivePrefix },
    ...{ timeField: "", recordMaxBytes, deadline },
  });
  return { io, healing: { sink, remove } };
}

/** Lists what is beside the archive, and asks for the indices. @throws UsageError when either cannot be read */
async function preflight(args: AuditArguments, io: CompareIo) {
  try {
    await io.index.indicesOf(args.selection);
    return args.accessLogs ? [] : await objectsBeside(io.bucket, args);
  } catch (error) {
    const reason =
      error instanceof StoppedError ? error.message : `The search endpoint cannot be used: ${failureReason(error)}.`;
    throw new UsageError([reason]);
  }
}

/** Prints the first findings of each kind. */
function printer(print: (text: string) => void): (finding: Finding) => void {
  const printed = new Map<FindingKind, number>();
  return (finding) => {
    const before = printed.get(finding.kind) ?? 0;
    printed.set(finding.kind, before + 1);
    if (before < MAX_PRINTED) print(findingText(finding));
    else if (before === MAX_PRINTED) print(`${finding.kind}: more, which --json names`);
  };
}
