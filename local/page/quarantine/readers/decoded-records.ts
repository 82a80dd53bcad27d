import { setImmediate } from "node:timers/promises";
import { documentId } from "../../../../core/events/document-id";
import { decodeRecord, envelopesIn } from "../../../../core/sources/kinesis/decode-record";
import type { KinesisRecord } from "../../../../core/sources/kinesis/record";
import { shownBytes } from "../entry";

const MIB = 1024 * 1024;

const RECORD_MAX_BYTES = 4 * MIB;

/** Of the events of a batch, or of what was inflated in vain: a batch of gzip bombs ends here. */
const MAX_DECODED_BYTES = 64 * MIB;

/** Maximum ratio of deflate. Source: zlib "Technical Details". */
const MAX_RATIO = 1032;

/** Of the events of one log group, put together. */
const MAX_TEXT = 64 * 1024;

/** Records that are decoded without a pause: the page answers meanwhile. */
const RECORDS_AT_ONCE = 50;

/** What records hold of one log group; of what cannot be decoded, of their stream. */
export interface DecodedGroup {
  readonly origin: string;
  stream: string;
  /** The beginning of its events, a line each. */
  text: string;
  events: number;
  readonly ids: string[];
  from: number;
  to: number;
}

export interface DecodedRecords {
  readonly groups: readonly DecodedGroup[];
  /** Records that were decoded, beginning with the first. */
  readonly decoded: number;
  /** Parts that cannot be decoded. */
  readonly undecodable: number;
}

/**
 * Decodes records as the forwarder does, in bounded time and memory.
 *
 * @param timeFields by stream: a replay selects events by the times there. @default those that loggers use
 */
export async function decodedRecords(
  records: readonly KinesisRecord[],
  timeFields?: ReadonlyMap<string, string>,
): Promise<DecodedRecords> {
  const groups = new Map<string, DecodedGroup>();
  const groupOf = (origin: string, stream: string, time: number): DecodedGroup => {
    const known = groups.get(origin);
    const group = known ?? { origin, stream, text: "", events: 0, ids: [], from: time, to: time };
    if (known && known.stream !== stream) group.stream = "";
    groups.set(origin, group);
    group.from = Math.min(group.from, time);
    group.to = Math.max(group.to, time);
    return group;
  };
  let undecodable = 0;
  let bytesLeft = MAX_DECODED_BYTES;
  let decoded = 0;
  for (const record of records) {
    if (bytesLeft <= 0) break;
    if (decoded % RECORDS_AT_ONCE === RECORDS_AT_ONCE - 1) await setImmediate();
    decoded++;
    const timeField = timeFields?.get(record.stream) ?? "";
    const parts = decodeRecord(record, { recordMaxBytes: RECORD_MAX_BYTES, timeField });
    for (const part of parts) {
      if (part.kind !== "undecodable") continue;
      undecodable++;
      bytesLeft -= Math.min(RECORD_MAX_BYTES, MAX_RATIO * part.record.data.length);
      add(groupOf(record.stream, record.shardId, record.arrival), shownBytes(part.record.data.subarray(0, MAX_TEXT)));
    }
    for (const envelope of envelopesIn(parts)) {
      for (const { id, timestamp, message } of envelope.logEvents) {
        bytesLeft -= message.length;
        const group = groupOf(envelope.logGroup, envelope.logStream, timestamp);
        add(group, message);
        group.ids.push(documentId(id, envelope));
      }
    }
  }
  return { groups: [...groups.values()], decoded, undecodable };
}

function add(group: DecodedGroup, text: string): void {
  group.events++;
  if (group.text.length < MAX_TEXT) group.text += `${group.events === 1 ? "" : "\n"}${text.slice(0, MAX_TEXT)}`;
}
