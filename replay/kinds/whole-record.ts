import { ENVIRONMENT } from "../../core/settings/environment";
import { type BatchRecord, type DecodeSettings, decodeBatchRecord } from "../../core/sources/kinesis/batch-record";
import type { ReplayArguments, Selection } from "../arguments/arguments";
import type { Bucket, StoredObject } from "../bucket";
import { DamagedError } from "../outcome-errors";
import { isWithin, type ReplayRecord, selected } from "../records";

/** A bomb to the forwarder is one here too. */
const RECORD_MAX_BYTES = Number(ENVIRONMENT.RECORD_MAX_BYTES.default);

/** @param timeField the forwarder's TIME_FIELD, or "" */
export function decodeSettings(timeField: string): DecodeSettings {
  return { recordMaxBytes: RECORD_MAX_BYTES, timeField };
}

/**
 * A record that was set aside before it was archived. It is decoded as the forwarder does, and marked so that the
 * forwarder's code archives it.
 *
 * @returns undefined for a CONTROL_MESSAGE
 */
export function wholeRecord(
  original: BatchRecord,
  settings: DecodeSettings,
  partitionKey?: string,
): ReplayRecord | undefined {
  const decoded = decodeBatchRecord(original, settings);
  if (decoded.kind === "control") return undefined;
  const record: ReplayRecord = { origin: original, original, ...(partitionKey !== undefined && { partitionKey }) };
  if (decoded.kind === "undecodable") {
    original.deadLetter = decoded.reason;
    return record;
  }
  const { envelope, member } = decoded;
  original.archive = { logGroup: envelope.logGroup, member };
  return { ...record, envelope };
}

/**
 * What is replayed of records that belong together: all of them if one is selected, because they are archived together;
 * to stdout only the events that are selected.
 */
export function replayed(records: ReplayRecord[], { selection, sink }: ReplayArguments): ReplayRecord[] {
  const chosen = records.filter((record) => isSelected(record, selection));
  if (chosen.length === 0) return [];
  if (sink?.to !== "stdout") return records;
  return chosen.map((record) =>
    record.envelope ? { ...record, envelope: selected(record.envelope, selection)! } : record,
  );
}

/** Whether one of its events is selected; where it can't be read: whether it arrived then. It has no log group then. */
function isSelected({ envelope, origin }: ReplayRecord, selection: Selection): boolean {
  if (envelope) return selected(envelope, selection) !== undefined;
  return selection.logGroup === undefined && isWithin(origin.arrival, selection);
}

/**
 * The content of an object that is small by its nature.
 *
 * @throws DamagedError when the object has more than `maxBytes`, whatever the listing says
 */
export async function contentOf(bucket: Bucket, object: StoredObject, maxBytes: number) {
  if (object.bytes > maxBytes) throw new DamagedError(`has ${object.bytes} bytes, more than ${maxBytes}`);
  const { chunks, metadata } = await bucket.open(object);
  const content: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new DamagedError(`is listed with ${object.bytes} bytes, but has more than ${maxBytes}`);
    content.push(chunk);
  }
  return { content: Buffer.concat(content), metadata };
}
