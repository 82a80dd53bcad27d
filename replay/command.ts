import { failureReason } from "../core/http/failure-reason";
import { count, counted, mebibytes } from "../tools/text/numbers";
import { Progress } from "../tools/text/progress";
import { UsageError } from "../tools/usage/usage-error";
import type { ReplayArguments } from "./arguments/arguments";
import { Bucket } from "./bucket";
import { type Clients, createClients } from "./clients";
import { Interrupts } from "./interrupts";
import { Journal } from "./journal";
import type { Interruption } from "./patience";
import { preflight } from "./preflight";
import { progressText, tookText } from "./progress";
import { Report } from "./report";
import { reportText, title } from "./report-text";
import { replay } from "./run";
import { nothing } from "./sinks/nothing";
import { searchSink } from "./sinks/search";
import type { ReplaySink } from "./sinks/sink";
import { stdoutSink } from "./sinks/stdout";
import { streamSink } from "./sinks/stream";

export const ExitCode = { Delivered: 0, Undelivered: 1, NothingDone: 2 } as const;

/** Writes to stderr: stdout is for the report and for events. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Replays the events that `args` select, and reports what became of them.
 *
 * @param interruption signals end the run by it
 * @returns the exit code
 * @throws UsageError when it cannot begin
 */
export async function runReplay(args: ReplayArguments, interruption: Interruption): Promise<number> {
  const clients = createClients(process.env);
  const region = await clients.region();
  const bucket = new Bucket(clients.s3, args.bucket, interruption.over);
  // A dry run and --sink stdout deliver nothing that a next run could skip.
  const isRemembered = args.sink && args.sink.to !== "stdout";
  const journal = isRemembered ? new Journal(args, await clients.surroundings()) : undefined;
  const { sink, probe } = createSink(args, region, clients, bucket, interruption);
  const interrupts = new Interrupts(interruption, tell);
  tell(title(args));
  const surveyed = await preflight({ args, bucket, journal, probe, interruption });
  if (!surveyed) {
    tell("Interrupted while listing: nothing was done.");
    return ExitCode.Undelivered;
  }
  const { prefixes, totals } = surveyed;
  tell(`${counted(totals.objects, "object")}, ${mebibytes(totals.bytes)}, under ${count(prefixes.length)} prefixes`);
  if (journal?.finishedBefore) tell(`${count(journal.finishedBefore)} more were finished before: ${journal.path}`);
  interrupts.giveTime();
  const report = new Report();
  const begunMs = performance.now();
  const elapsedMs = () => performance.now() - begunMs;
  const progress = new Progress(process.stderr, () => progressText(report, totals, elapsedMs()));
  await replay(prefixes, { args, region, bucket, sink, report, journal, interruption });
  progress.end();
  tell(tookText(report, totals, elapsedMs()));
  report.conclude(totals, journal);
  return conclude(args, report, journal, interruption.isInterrupted);
}

function createSink(
  { sink, archivePrefix, timeField }: ReplayArguments,
  region: string,
  clients: Clients,
  bucket: Bucket,
  interruption: Interruption,
): { sink: ReplaySink; probe?: () => Promise<unknown> } {
  switch (sink?.to) {
    case undefined:
      return { sink: nothing };
    case "stdout":
      return { sink: stdoutSink(process.stdout, interruption) };
    case "stream":
      return { sink: streamSink(clients.kinesis, sink.stream, interruption) };
    case "endpoint": {
      const { searchEndpoint: endpoint, indexPrefix } = sink;
      const send = clients.search(endpoint, region);
      return {
        sink: searchSink({ send, endpoint, indexPrefix, bucket, archivePrefix, timeField, interruption }),
        // Any answer will do: a role that may only write gets an error.
        probe: () =>
          send({ method: "GET", path: "/", headers: {}, body: Buffer.alloc(0), timeoutMs: 10_000 }).catch((error) => {
            throw new UsageError([`${endpoint} cannot be reached: ${failureReason(error)}.`]);
          }),
      };
    }
  }
}

function conclude(args: ReplayArguments, report: Report, journal: Journal | undefined, isInterrupted: boolean): number {
  const output = args.sink?.to === "stdout" ? process.stderr : process.stdout;
  output.write(`${reportText(report, args)}\n`);
  if (report.stopped !== undefined) tell(`Stopped. ${report.stopped}`);
  if (isInterrupted && !report.isThrough) tell("Interrupted.");
  const isNothingDone = report.stopped !== undefined && report.eventsSettled === 0;
  if (report.isThrough || (isNothingDone && !journal?.isContinued)) journal?.remove();
  if (!report.isThrough) tell(continuation(journal));
  if (isNothingDone) return ExitCode.NothingDone;
  return report.isThrough && report.skipped.count === 0 && report.tally.rejected === 0
    ? ExitCode.Delivered
    : ExitCode.Undelivered;
}

/** What the same command does next. */
function continuation(journal: Journal | undefined): string {
  if (!journal) return "The same command begins anew: a dry run and --sink stdout remember nothing.";
  if (!journal.isKept) return "The same command begins anew: nothing was finished.";
  return `The same command goes on where this one ended. What is finished is remembered in ${journal.path}`;
}
