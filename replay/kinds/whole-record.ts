import type { Bucket, StoredObject } from "../../archive/bucket";
import { DamagedError } from "../../archive/outcome-errors";
import { decodeRecord, envelopesIn } from "../../core/sources/kinesis/decode-record";
import type { KinesisRecord } from "../../core/sources/kinesis/record";
import type { DecodeSettings } from "../../core/sources/kinesis/record-decoder";
import type { ReplayArguments, Selection } from "../arguments/arguments";
import type { LaneMessages } from "../lane-messages";
import { isOfOneOrigin, isWithin, type ReplayRecord, selected, undecodableCount } from "../records";

/**
 * Decodes a record that was quarantined before it was archived, as the forwarder does.
 *
 * @returns undefined for a CONTROL_MESSAGE
 */
export function wholeRecord(
  record: KinesisRecord,
  settings: DecodeSettings,
  partitionKey?: string,
): ReplayRecord | undefined {
  const parts = decodeRecord(record, settings);
  if (parts.every(({ kind }) => kind === "control")) return undefined;
  const envelopes = envelopesIn(parts);
  return {
    origin: record,
    envelopes,
    original: { record, parts },
    ...(partitionKey !== undefined && { partitionKey }),
  };
}

/**
 * Selects the records to replay of those that are archived together: all of them if one is selected; for stdout only the
 * selected events.
 *
 * @param messages joins events. @default none are joined
 */
export function replayed(
  records: ReplayRecord[],
  { selection, sink }: ReplayArguments,
  messages?: LaneMessages,
): ReplayRecord[] {
  const chosen = records.filter((record) => isSelected(record, selection));
  if (chosen.length === 0) return [];
  if (messages) return records.map((record) => joinedIn(record, messages));
  if (sink?.to !== "stdout") return records;
  return chosen.map((record) => ({ ...record, envelopes: selectedIn(record, selection) }));
}

/** Its events are joined as they are delivered, so that as many are found as have an outcome. */
const joinedIn = (record: ReplayRecord, messages: LaneMessages): ReplayRecord => ({
  ...record,
  envelopes: record.envelopes.map((envelope) => messages.joined(envelope, record.original!.record.stream)),
});

const selectedIn = ({ envelopes }: ReplayRecord, selection: Selection) =>
  envelopes.flatMap((envelope) => selected(envelope, selection) ?? []);

/** Whether one of its events is selected; a part that cannot be decoded has neither account nor log group, and is selected by its arrival. */
function isSelected(record: ReplayRecord, selection: Selection): boolean {
  if (selectedIn(record, selection).length > 0) return true;
  const isUndecodable = undecodableCount(record) > 0;
  return isUndecodable && !isOfOneOrigin(selection) && isWithin(record.origin.arrival, selection);
}

/**
 * Reads an object that is small by its nature.
 *
 * @throws DamagedError when the object has more than `maxBytes`, whatever the listing says
 */
export async function contentOf(bucket: Bucket, object: StoredObject, maxBytes: number) {
  if (object.bytes > maxBytes) {
    throw new DamagedError(`has ${object.bytes} bytes, more than the ${maxBytes} that --object-max-bytes allows`);
  }
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
