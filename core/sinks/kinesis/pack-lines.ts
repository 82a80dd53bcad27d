import type { EventRun } from "../sink";
import type { EventLine } from "./event-line";

/**
 * Size of a record that lines are packed into, in bytes: Kinesis charges for each 25 KB of a record.
 *
 * Source: Amazon Kinesis Data Streams pricing, "PUT payload unit".
 */
export const RECORD_BYTES = 25_000;

/**
 * Maximum size of a record with its partition key, in bytes, that every stream takes. Source: Kinesis Developer Guide, "Quotas and
 * limits": 1 MiB unless the stream is set to more.
 */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** Source: Kinesis API Reference, "PutRecords". */
const MAX_REQUEST_RECORDS = 500;

/** Size of the records of a request, in bytes. PutRecords takes 5 MiB; a shard takes 1 MiB a second. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024;

/** A record of lines, each of which a line break ends. */
export interface StreamRecord {
  readonly partitionKey: string;
  readonly lines: string[];
  /** Of the events, in the order of their lines. */
  readonly runs: EventRun[];
  /** Of lines and partition key. */
  bytes: number;
}

/** Bytes that a line and its line break take in a record of its own. */
export const recordBytes = ({ line, partitionKey }: Pick<EventLine, "line" | "partitionKey">): number =>
  Buffer.byteLength(line) + 1 + partitionKey.length;

/**
 * Packs lines into records of up to `RECORD_BYTES`, or of one line, and those into the requests of PutRecords. The lines of a key
 * keep their order.
 *
 * @param lines of up to `MAX_RECORD_BYTES` each, see `recordBytes`
 */
export function* packLines(lines: Iterable<EventLine>): Generator<StreamRecord[]> {
  let request: StreamRecord[] = [];
  let requestBytes = 0;
  /** The last record of each key. */
  let open = new Map<string, StreamRecord>();
  for (const line of lines) {
    const { partitionKey } = line;
    const size = recordBytes(line);
    const added = size - partitionKey.length;
    let record = open.get(partitionKey);
    const isFull = record !== undefined && record.bytes + added > RECORD_BYTES;
    const needsRecord = record === undefined || isFull;
    const more = needsRecord ? size : added;
    if (
      request.length > 0 &&
      (requestBytes + more > MAX_REQUEST_BYTES || (needsRecord && request.length === MAX_REQUEST_RECORDS))
    ) {
      yield request;
      request = [];
      requestBytes = 0;
      open = new Map();
      record = undefined;
    }
    if (record === undefined || isFull) {
      record = { partitionKey, lines: [], runs: [], bytes: partitionKey.length };
      request.push(record);
      open.set(partitionKey, record);
      requestBytes += partitionKey.length;
    }
    record.lines.push(line.line);
    record.bytes += added;
    requestBytes += added;
    addPlace(record.runs, line);
  }
  if (request.length > 0) yield request;
}

function addPlace(runs: EventRun[], { record, position }: EventLine): void {
  const last = runs.at(-1);
  if (last?.record === record && last.position + last.count === position) last.count++;
  else runs.push({ record, position, count: 1 });
}
