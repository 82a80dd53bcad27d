import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from "@aws-sdk/client-kinesis";
import { failureReason } from "../../core/http/failure-reason";
import { backoffMs } from "../../core/retry/backoff";
import { ObjectError, StoppedError, UndeliveredError, UnfinishedError } from "../outcome-errors";
import { type Interruption, Patience } from "../patience";
import { eventCount, type ReplayRecord } from "../records";
import type { Sink, Tally } from "./sink";

/** Source: Kinesis "PutRecords". */
const REQUEST_MAX_RECORDS = 500;
const REQUEST_MAX_BYTES = 5 * 1024 * 1024;

/** What every stream takes; a larger record travels alone, because a stream that does not take it refuses the request. */
const EVERY_RECORD_MAX_BYTES = 1024 * 1024;

interface Entry {
  put: PutRecordsRequestEntry;
  events: number;
  /** Of data and partition key, which the limits count together. */
  bytes: number;
}

/** Thrown for a record that the stream has no room for. */
class TooLargeError extends Error {}

/**
 * Puts records into `stream`, as the archive keeps them: with an id in each event, so that the index has no event twice.
 * What can't be read has none, and is refused.
 */
export function streamSink(kinesis: KinesisClient, stream: string, interruption: Interruption): Sink {
  return {
    findsPresent: false,
    async deliver(records, tally) {
      const readable = records.filter(({ envelope }) => envelope);
      tally.refused += records.length - readable.length;
      let tooLarge: TooLargeError | undefined;
      for (const entries of requests(readable)) {
        try {
          await putAll(entries, tally);
        } catch (error) {
          if (!(error instanceof TooLargeError)) throw error;
          tooLarge = error;
        }
      }
      if (tooLarge) throw new ObjectError(tooLarge.message);
    },
  };

  async function putAll(entries: Entry[], tally: Tally): Promise<void> {
    const patience = new Patience(interruption);
    let open = entries;
    for (let attempt = 0; ; attempt++) {
      const { refused, reason } = await putOnce(open);
      if (refused.length < open.length) patience.succeeded();
      tally.delivered += countEvents(open) - countEvents(refused);
      open = refused;
      if (open.length === 0) return;
      const wait = backoffMs(attempt, Math.random());
      if (wait >= patience.remainingMs()) {
        if (patience.isCutShort) throw new UnfinishedError(`has ${countEvents(open)} events that are not delivered`);
        throw new UndeliveredError(`has ${countEvents(open)} events that could not be put into ${stream}: ${reason}`);
      }
      await interruption.sleep(wait);
    }
  }

  /** Returns the records that the stream did not take for a passing reason, and that reason. */
  async function putOnce(entries: Entry[]): Promise<{ refused: Entry[]; reason: string }> {
    try {
      const put = new PutRecordsCommand({ StreamName: stream, Records: entries.map((entry) => entry.put) });
      const results = (await kinesis.send(put, { abortSignal: interruption.over })).Records!;
      const refused = entries.filter((_, i) => results[i]!.ErrorCode !== undefined);
      return { refused, reason: results.findLast(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? "" };
    } catch (error) {
      interruption.over.throwIfAborted();
      const { bytes } = entries[0]!;
      if (bytes > EVERY_RECORD_MAX_BYTES && /^(Validation|InvalidArgument)/.test((error as Error).name)) {
        throw new TooLargeError(`has a record of ${bytes} bytes, more than stream ${stream} takes`);
      }
      if (isPassing(error)) return { refused: entries, reason: failureReason(error) };
      throw new StoppedError(
        `Stream ${stream} takes no records: ${(error as Error).name}: ${failureReason(error)} ` +
          "Check its name, AWS_REGION, and that you may kinesis:PutRecords there (and kms:GenerateDataKey for its key).",
      );
    }
  }
}

/** What the SDK has tried again in vain, or what has no answer at all; but not what the answer blames on the request. */
function isPassing(error: unknown): boolean {
  const { $fault, name } = error as { $fault?: string; name: string };
  if (name === "CredentialsProviderError") return false;
  return $fault !== "client" || /Throttl|ThroughputExceeded|LimitExceeded/.test(name);
}

function* requests(records: ReplayRecord[]): Generator<Entry[]> {
  let entries: Entry[] = [];
  let bytes = 0;
  for (const record of records) {
    const put = { Data: dataOf(record), PartitionKey: partitionKeyOf(record) };
    const length = put.Data.length + Buffer.byteLength(put.PartitionKey);
    const entry = { put, events: eventCount(record), bytes: length };
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

function dataOf({ original, envelope }: ReplayRecord): Uint8Array {
  return original?.archive?.member ?? gzipSync(JSON.stringify(envelope));
}

/** By log stream, as CloudWatch Logs does, so that its events stay in order. Up to 256 characters are allowed. */
function partitionKeyOf({ partitionKey, envelope, origin }: ReplayRecord): string {
  return (
    partitionKey ??
    createHash("md5")
      .update(envelope?.logStream ?? origin.sequenceNumber)
      .digest("hex")
  );
}

function countEvents(entries: Entry[]): number {
  return entries.reduce((sum, { events }) => sum + events, 0);
}
