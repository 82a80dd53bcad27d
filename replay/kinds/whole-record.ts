import { type BatchRecord, type DecodeSettings, decodeBatchRecord } from "../../functions/forwarder/batch";
import type { Selection } from "../arguments/arguments";
import type { Bucket, StoredObject } from "../bucket";
import { LINE_MAX_BYTES } from "../lines";
import { DamagedError } from "../outcome-errors";
import { isWithin, type ReplayRecord, selected } from "../records";

/** @param timeField the forwarder's TIME_FIELD, or "" */
export function decodeSettings(timeField: string): DecodeSettings {
  return { recordMaxBytes: LINE_MAX_BYTES, timeField };
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

/** Whether one of its events is selected; where it can't be read: whether it arrived then. It has no log group then. */
export function isSelected({ envelope, origin }: ReplayRecord, selection: Selection): boolean {
  if (envelope) return selected(envelope, selection) !== undefined;
  return selection.logGroup === undefined && isWithin(origin.arrival, selection);
}

/** The content of an object that is small by its nature. */
export async function contentOf(bucket: Bucket, object: StoredObject, maxBytes: number) {
  if (object.bytes > maxBytes) throw new DamagedError(`has ${object.bytes} bytes, more than ${maxBytes}`);
  const { chunks, metadata } = await bucket.open(object);
  const content: Uint8Array[] = [];
  for await (const chunk of chunks) content.push(chunk);
  return { content: Buffer.concat(content), metadata };
}
