import { type Clients, createClients } from "../archive/clients";
import type { RunDeadline } from "../archive/deadlines";
import { Interrupts } from "../archive/interrupts";
import { SdkBucket } from "../archive/sdk-bucket";
import { layoutsOfSettings } from "../core/events/configured-layouts";
import { DAY_MS } from "../core/events/durations";
import { failureReason } from "../core/http/failure-reason";
import type { HttpRequest } from "../core/http/send";
import { indexSetup } from "../core/indices/index-setup";
import { count, counted, mebibytes } from "../tools/text/numbers";
import { harmless } from "../tools/text/one-line";
import { Progress } from "../tools/text/progress";
import { logLine } from "../tools/usage/run-program";
import { UsageError } from "../tools/usage/usage-error";
import type { ReplayArguments } from "./arguments/arguments";
import { loginFor } from "./arguments/sink";
import { Journal } from "./journal";
import { LaneMessages } from "./lane-messages";
import { preflight } from "./preflight";
import { progressText, tookText } from "./progress";
import { Report } from "./report";
import { reportText, title } from "./report-text";
import { replay } from "./run";
import { nothing, rulesOnly } from "./sinks/nothing";
import { Protection } from "./sinks/protection";
import { queueSink } from "./sinks/queue";
import { searchSink } from "./sinks/search";
import type { ReplaySink } from "./sinks/sink";
import { stdoutSink } from "./sinks/stdout";
import { streamSink } from "./sinks/stream";

export const ExitCode = { Delivered: 0, Undelivered: 1, NothingDone: 2 } as const;

/** Asks an endpoint for its name and version: some hundred bytes. */
const PROBE: HttpRequest = {
  method: "GET",
  path: "/",
  headers: {},
  body: Buffer.alloc(0),
  timeoutMs: 10_000,
  maxResponseBytes: 256 * 1024,
};

/**
 * Replays the events that `args` select, and prints the report.
 *
 * @param deadline that signals move
 * @returns the exit code
 * @throws UsageError when it cannot begin
 */
export async function runReplay(args: ReplayArguments, deadline: RunDeadline): Promise<number> {
  const clients = createClients(process.env);
  const region = await clients.region();
  const bucket = new SdkBucket(clients.s3, args.bucket, deadline.signal);
  // A dry run and --sink stdout deliver nothing that the next run could skip.
  const isRemembered = args.sink && args.sink.to !== "stdout";
  const journal = isRemembered ? new Journal(args, await clients.surroundings()) : undefined;
  const { sink, probe, prepare, protection, messages } = createSink(args, region, clients, bucket, deadline);
  const interrupts = new Interrupts(deadline, logLine);
  logLine(title(args));
  for (const line of messages?.titles ?? []) logLine(line);
  const surveyed = await preflight({ args, bucket, journal, probe, deadline });
  if (!surveyed) {
    logLine("Interrupted while listing: nothing was done.");
    return ExitCode.Undelivered;
  }
  const { prefixes, totals, changed } = surveyed;
  logLine(`${counted(totals.objects, "object")}, ${mebibytes(totals.bytes)}, under ${count(prefixes.length)} prefixes`);
  const finishedBefore = journal?.known.finished ?? 0;
  if (journal && finishedBefore > 0) logLine(`${count(finishedBefore)} more were finished before: ${journal.path}`);
  if (changed > 0) logLine(`${counted(changed, "object")} of the journal were overwritten or deleted since`);
  interrupts.giveTime();
  for (const warning of (await prepare?.()) ?? []) logLine(warning);
  const report = new Report();
  const begunMs = performance.now();
  const elapsedMs = () => performance.now() - begunMs;
  const progress = new Progress(process.stderr, () => progressText(report, totals, elapsedMs()));
  await replay(prefixes, { args, region, bucket, sink, messages, report, journal, deadline });
  progress.end();
  logLine(tookText(report, totals, elapsedMs()));
  report.conclude(totals, journal);
  if (messages) logLine(args.sink ? messages.summary() : messages.dryRunSummary());
  if (protection) logLine(protection.summary());
  return conclude(args, report, journal, deadline.isInterrupted);
}

function createSink(
  { sink, dryRunMessages, archivePrefix, timeField, recordMaxBytes }: ReplayArguments,
  region: string,
  clients: Clients,
  bucket: SdkBucket,
  deadline: RunDeadline,
): {
  sink: ReplaySink;
  probe?: () => Promise<unknown>;
  prepare?: () => Promise<readonly string[]>;
  protection?: Protection | undefined;
  messages?: LaneMessages;
} {
  switch (sink?.to) {
    case undefined: {
      if (!dryRunMessages) return { sink: nothing };
      const messages = new LaneMessages(dryRunMessages);
      return { sink: rulesOnly(messages), messages };
    }
    case "stdout":
      return { sink: stdoutSink(process.stdout, deadline) };
    case "stream":
      return { sink: streamSink(clients.kinesis, sink.stream, deadline) };
    case "queue": {
      const { queueUrl } = sink;
      return { sink: queueSink({ send: clients.queue(queueUrl, region), queueUrl, deadline }) };
    }
    case "endpoint": {
      const { searchEndpoint: endpoint } = sink;
      const indexLayouts = layoutsOfSettings(sink.names);
      const messages = new LaneMessages(sink.messages);
      const send = clients.search(endpoint, loginFor(sink.login), region);
      const protection =
        sink.keepDays === undefined
          ? undefined
          : new Protection(new Date(Date.now() + sink.keepDays * DAY_MS), send, indexLayouts, deadline);
      const setUp = indexSetup(sink.indices, { send, monotonicMs: () => performance.now(), onlyMissing: true });
      return {
        // The run has no deadline.
        prepare: () => setUp(Number.POSITIVE_INFINITY),
        sink: searchSink({
          ...{
            send,
            endpoint,
            indexLayouts,
            messages,
            bucket,
            archivePrefix,
            timeField,
            recordMaxBytes,
            deadline,
            protection,
          },
        }),
        protection,
        messages,
        // Any response will do: a role that may only write gets an error.
        probe: () =>
          send(PROBE).catch((error) => {
            throw new UsageError([`${endpoint} cannot be reached: ${failureReason(error)}.`]);
          }),
      };
    }
  }
}

function conclude(args: ReplayArguments, report: Report, journal: Journal | undefined, isInterrupted: boolean): number {
  const output = args.sink?.to === "stdout" ? process.stderr : process.stdout;
  output.write(`${harmless(reportText(report, args))}\n`);
  if (report.stopped !== undefined) logLine(`Stopped. ${report.stopped}`);
  if (isInterrupted && !report.isThrough) logLine("Interrupted.");
  const isNothingDone = report.stopped !== undefined && report.eventsSettled === 0;
  if (report.isThrough || (isNothingDone && !journal?.isContinued)) journal?.remove();
  if (!report.isThrough) logLine(continuation(journal));
  if (isNothingDone) return ExitCode.NothingDone;
  return report.isThrough && report.skipped.count === 0 && report.tally.rejected === 0
    ? ExitCode.Delivered
    : ExitCode.Undelivered;
}

/** Says what the same command does next. */
function continuation(journal: Journal | undefined): string {
  if (!journal) return "The same command starts over: a dry run and --sink stdout keep no journal.";
  if (!journal.isKept) return "The same command starts over: nothing was finished.";
  return `The same command continues where this one ended. The journal is ${journal.path}`;
}
