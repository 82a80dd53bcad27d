import { RecordProgress } from "../../core/pipelines/record-progress";
import { ENVIRONMENT } from "../../core/settings/environment";
import { type DecodeSettings, decodeRecord, type KinesisRecord } from "../../core/sources/kinesis/record";
import type { ReplayArguments, Selection } from "../arguments/arguments";
import type { Bucket, StoredObject } from "../bucket";
import { DamagedError } from "../outcome-errors";
import { isWithin, type ReplayRecord, selected } from "../records";

/** As in the forwarder: a decompression bomb there is one here. */
const RECORD_MAX_BYTES = Number(ENVIRONMENT.RECORD_MAX_BYTES.default);

/** @param timeField the forwarder's TIME_FIELD, or "" */
export function decodeSettings(timeField: string): DecodeSettings {
  return { recordMaxBytes: RECORD_MAX_BYTES, timeField };
}

/**
 * A record that was quarantined before it was archived. It is decoded as the forwarder does, and its progress is what the
 * archive is written from.
 *
 * @returns undefined for a CONTROL_MESSAGE
 */
export function wholeRecord(
  record: KinesisRecord,
  settings: DecodeSettings,
  partitionKey?: string,
): ReplayRecord | undefined {
  const original = new RecordProgress(record);
  const replayed: ReplayRecord = { origin: record, original, ...(partitionKey !== undefined && { partitionKey }) };
  const decoded = decodeRecord(record, settings);
  switch (decoded.kind) {
    case "control":
      return undefined;
    case "undecodable":
      original.deadLetter(decoded.reason);
      return replayed;
    case "events": {
      const { envelope, member } = decoded;
      original.read(envelope.logEvents.length, { logGroup: envelope.logGroup, member });
      return { ...replayed, envelope };
    }
    default:
      return decoded satisfies never;
  }
}

/**
 * The records to replay of those that belong together: all of them if one is selected, because they are archived together;
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

/** Whether one of its events is selected; a record that cannot be decoded has no log group, and is selected by its arrival. */
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
