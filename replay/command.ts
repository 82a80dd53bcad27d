import { failureReason } from "../functions/shared/failure-reason";
import type { ReplayArguments } from "./arguments/arguments";
import { MistakesError } from "./arguments/mistakes";
import { Bucket } from "./bucket";
import { type Clients, createClients } from "./clients";
import { Journal } from "./journal";
import { Interruption } from "./patience";
import { preflight } from "./preflight";
import { Progress } from "./progress";
import { count, mebibytes, Report, reportText, title } from "./report";
import { replay } from "./run";
import { nothing } from "./sinks/nothing";
import { searchSink } from "./sinks/search";
import type { Sink } from "./sinks/sink";
import { stdoutSink } from "./sinks/stdout";
import { streamSink } from "./sinks/stream";

export const ExitCode = { Delivered: 0, Undelivered: 1, NothingDone: 2 } as const;

/** Tells what goes on, beside what goes to stdout. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Replays what `args` select, and tells what became of it.
 *
 * @returns the exit code
 * @throws MistakesError when it can't begin
 */
export async function replayCommand(args: ReplayArguments): Promise<number> {
  const clients = createClients(process.env);
  const region = await clients.region();
  const interruption = new Interruption();
  const bucket = new Bucket(clients.s3, args.bucket, interruption.over);
  // A dry run and a query leave nothing behind, and begin anew each time.
  const isRemembered = args.sink && args.sink.to !== "stdout";
  const journal = isRemembered ? new Journal(args, await clients.surroundings()) : undefined;
  const { sink, reach } = createSink(args, region, clients, bucket, interruption);
  tell(title(args));
  const { prefixes, totals } = await preflight(args, bucket, journal, reach);
  tell(`${count(totals.objects)} objects, ${mebibytes(totals.bytes)}, under ${count(prefixes.length)} prefixes`);
  if (journal?.finishedBefore) tell(`${count(journal.finishedBefore)} more were finished before: ${journal.path}`);
  endInGoodOrder(interruption);
  const report = new Report();
  const progress = new Progress(process.stderr, totals);
  await replay(prefixes, { args, region, bucket, sink, report, journal, interruption, onProgress: progress.update });
  progress.end();
  return conclude(args, report, journal, interruption.isInterrupted);
}

/** The first signal ends the run in good order, the second at once. */
function endInGoodOrder(interruption: Interruption): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      tell("\nInterrupted: finishing what is under way, up to 10 s. Once more ends at once.");
      interruption.interrupt();
    });
  }
}

function createSink(
  { sink, archivePrefix, timeField }: ReplayArguments,
  region: string,
  clients: Clients,
  bucket: Bucket,
  interruption: Interruption,
): { sink: Sink; reach?: () => Promise<unknown> } {
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
        // Any answer will do: who may only write is not answered well.
        reach: () =>
          send({ method: "GET", path: "/", headers: {}, body: Buffer.alloc(0), timeoutMs: 10_000 }).catch((error) => {
            throw new MistakesError([`${endpoint} cannot be reached: ${failureReason(error)}.`]);
          }),
      };
    }
  }
}

function conclude(args: ReplayArguments, report: Report, journal: Journal | undefined, isInterrupted: boolean): number {
  const isNothingDone = report.stopped !== undefined && report.settledEvents === 0;
  const isThrough = !isInterrupted && report.stopped === undefined && report.failed.count === 0;
  if (journal) report.addEarlier(journal.finishedBefore, journal.before);
  const output = args.sink?.to === "stdout" ? process.stderr : process.stdout;
  output.write(`${reportText(report, args)}\n`);
  if (report.stopped !== undefined) tell(`Stopped. ${report.stopped}`);
  if (isThrough) journal?.remove();
  else if (journal) {
    tell(`The same command goes on where this one ended. What is finished is remembered in ${journal.path}`);
  }
  if (isNothingDone) return ExitCode.NothingDone;
  return isThrough && report.skipped.count === 0 && report.tally.refused === 0
    ? ExitCode.Delivered
    : ExitCode.Undelivered;
}
