import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from "@aws-sdk/client-kinesis";
import { backoffMs } from "../../functions/shared/backoff";
import { failureReason } from "../../functions/shared/failure-reason";
import { StoppedError, UndeliveredError } from "../outcome-errors";
import { type Interruption, Patience } from "../patience";
import { eventCount, type ReplayRecord } from "../records";
import type { Sink, Tally } from "./sink";

/** Source: Kinesis "PutRecords"; a record larger than the second travels alone. */
const REQUEST_MAX_RECORDS = 500;
const REQUEST_MAX_BYTES = 5 * 1024 * 1024;

interface Entry {
  put: PutRecordsRequestEntry;
  events: number;
}

/** Puts records into `stream`: their original bytes where they were kept, else their envelope, gzipped. */
export function streamSink(kinesis: KinesisClient, stream: string, interruption: Interruption): Sink {
  return {
    async deliver(records, tally) {
      for (const entries of requests(records)) await putAll(entries, tally);
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
        throw new UndeliveredError(`has ${countEvents(open)} events that could not be put into ${stream}: ${reason}`);
      }
      await interruption.sleep(wait);
    }
  }

  /** Returns the records that the stream did not take for a passing reason, and that reason. */
  async function putOnce(entries: Entry[]): Promise<{ refused: Entry[]; reason: string }> {
    try {
      const put = new PutRecordsCommand({ StreamName: stream, Records: entries.map((entry) => entry.put) });
      const results = (await kinesis.send(put)).Records!;
      const refused = entries.filter((_, i) => results[i]!.ErrorCode !== undefined);
      return { refused, reason: results.findLast(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? "" };
    } catch (error) {
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
    if (entries.length === REQUEST_MAX_RECORDS || (entries.length > 0 && bytes + length > REQUEST_MAX_BYTES)) {
      yield entries;
      entries = [];
      bytes = 0;
    }
    entries.push({ put, events: eventCount(record) });
    bytes += length;
  }
  if (entries.length > 0) yield entries;
}

function dataOf({ original, envelope }: ReplayRecord): Uint8Array {
  return original?.data ?? gzipSync(JSON.stringify(envelope));
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
