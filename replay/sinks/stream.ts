import { gzipSync } from "node:zlib";
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from "@aws-sdk/client-kinesis";
import { RetryDeadline, type RunDeadline } from "../../archive/deadlines";
import { failureText } from "../../archive/failure-text";
import { ObjectError, StoppedError, UndeliveredError, UnfinishedError } from "../../archive/outcome-errors";
import { backoffMs } from "../../core/retry/backoff";
import type { DeliveryProgress, EventRun } from "../../core/sinks/sink";
import { replayKey } from "../../core/sources/kinesis/replay-key";
import { type ReplayRecord, rejectUndecodable } from "../records";
import type { ReplaySink } from "./sink";

/** Source: Kinesis "PutRecords". */
const REQUEST_MAX_RECORDS = 500;
const REQUEST_MAX_BYTES = 5 * 1024 * 1024;

/** Size of a record that every stream accepts; a larger one is sent alone, because a stream that does not accept it rejects the whole request. */
const EVERY_RECORD_MAX_BYTES = 1024 * 1024;

/** One envelope, which is put as a record of its own. */
interface Entry {
  put: PutRecordsRequestEntry;
  events: EventRun;
  /** Of data and partition key, which the limits count together. */
  bytes: number;
}

/** Thrown for a record that the stream has no room for. */
class TooLargeError extends Error {}

/**
 * Puts records into `stream`, as the archive keeps them: with an id and a time in each event, so that the index has no duplicates.
 * Their partition keys say so to the forwarder.
 * A record that cannot be decoded has no ids, and is rejected.
 */
export function streamSink(kinesis: KinesisClient, stream: string, deadline: RunDeadline): ReplaySink {
  return {
    detectsDuplicates: false,
    async deliver(records, progress) {
      rejectUndecodable(records, progress);
      let tooLarge: TooLargeError | undefined;
      for (const entries of requests(records)) {
        try {
          await putAll(entries, progress);
        } catch (error) {
          if (!(error instanceof TooLargeError)) throw error;
          tooLarge = error;
        }
      }
      if (tooLarge) throw new ObjectError(tooLarge.message);
    },
  };

  async function putAll(entries: Entry[], progress: DeliveryProgress): Promise<void> {
    const retryDeadline = new RetryDeadline(deadline);
    let open = entries;
    for (let attempt = 0; ; attempt++) {
      const { failed, reason } = await putOnce(open);
      if (failed.length < open.length) retryDeadline.succeeded();
      const isFailed = new Set(failed);
      for (const entry of open) {
        if (!isFailed.has(entry)) progress.delivered(entry.events, false);
      }
      open = failed;
      if (open.length === 0) return;
      const wait = backoffMs(attempt, Math.random());
      if (wait >= retryDeadline.remainingMs()) {
        if (retryDeadline.isCutShort)
          throw new UnfinishedError(`has ${countEvents(open)} events that are not delivered`);
        throw new UndeliveredError(`has ${countEvents(open)} events that could not be put into ${stream}: ${reason}`);
      }
      await deadline.sleep(wait);
    }
  }

  /** Returns the records that failed with a retryable error, and that error. */
  async function putOnce(entries: Entry[]): Promise<{ failed: Entry[]; reason: string }> {
    try {
      const put = new PutRecordsCommand({ StreamName: stream, Records: entries.map((entry) => entry.put) });
      const results = (await kinesis.send(put, { abortSignal: deadline.signal })).Records!;
      const failed = entries.filter((_, i) => results[i]!.ErrorCode !== undefined);
      return { failed, reason: results.findLast(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? "" };
    } catch (error) {
      deadline.signal.throwIfAborted();
      const { bytes } = entries[0]!;
      if (bytes > EVERY_RECORD_MAX_BYTES && /^(Validation|InvalidArgument)/.test((error as Error).name)) {
        throw new TooLargeError(`has a record of ${bytes} bytes, more than stream ${stream} accepts`);
      }
      if (isRetryable(error)) return { failed: entries, reason: failureText(error) };
      throw new StoppedError(
        `Stream ${stream} accepts no records: ${failureText(error)}. ` +
          "Check its name, AWS_REGION, and that you may kinesis:PutRecords there (and kms:GenerateDataKey for its key).",
      );
    }
  }
}

/** Whether the error is one that the SDK has retried in vain, or there was no response; not one that the response blames on the request. */
function isRetryable(error: unknown): boolean {
  const { $fault, name } = error as { $fault?: string; name: string };
  if (name === "CredentialsProviderError") return false;
  return $fault !== "client" || /Throttl|ThroughputExceeded|LimitExceeded/.test(name);
}

function* requests(records: ReplayRecord[]): Generator<Entry[]> {
  let entries: Entry[] = [];
  let bytes = 0;
  for (const entry of entriesOf(records)) {
    const length = entry.bytes;
    if (length > EVERY_RECORD_MAX_BYTES) {
      if (entries.length > 0) yield entries;
      yield [entry];
      entries = [];
      bytes = 0;
      continue;
    }
    if (entries.length === REQUEST_MAX_RECORDS || bytes + length > REQUEST_MAX_BYTES) {
      yield entries;
      entries = [];
      bytes = 0;
    }
    entries.push(entry);
    bytes += length;
  }
  if (entries.length > 0) yield entries;
}

function* entriesOf(records: ReplayRecord[]): Generator<Entry> {
  for (const [record, { envelopes, original, partitionKey }] of records.entries()) {
    const members = original?.parts.flatMap((part) => (part.kind === "events" ? part.member : []));
    let position = 0;
    for (const [i, envelope] of envelopes.entries()) {
      const count = envelope.logEvents.length;
      const Data = members?.[i] ?? gzipSync(JSON.stringify(envelope));
      const put = { Data, PartitionKey: replayKey(partitionKey ?? envelope.logStream) };
      const bytes = Data.length + Buffer.byteLength(put.PartitionKey);
      yield { put, events: { record, position, count }, bytes };
      position += count;
    }
  }
}

function countEvents(entries: Entry[]): number {
  return entries.reduce((sum, { events }) => sum + events.count, 0);
}
