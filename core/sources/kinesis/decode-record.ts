import { isUtf8 } from "node:buffer";
import type { Envelope } from "../../events/envelope";
import { envelopePieces } from "../../events/envelope-pieces";
import type { Undecodable } from "../../events/undecodable";
import { gzipPieces } from "../../gzip/gzip-pieces";
import { type DecodedEnvelope, rewritten } from "./decode";
import type { Inflated } from "./gunzip";
import type { KinesisRecord } from "./record";
import { type DecodeSettings, MAX_WRAPPERS, RecordDecoder } from "./record-decoder";
import type { DecodedPart, RecordPart } from "./record-part";

/**
 * Decodes a record into its parts, through whatever it is wrapped in. The archive has the events with the ids and times of their
 * documents: a replay has only the archive, and must write the same documents.
 *
 * @param gunzipped the record's data, inflated if it is gzip. @default inflated here
 */
export function decodeRecord(
  record: KinesisRecord,
  settings: DecodeSettings,
  gunzipped?: Inflated | Undecodable,
): RecordPart[] {
  const layer = { data: record.data, record, wrappersLeft: MAX_WRAPPERS };
  return archivable(new RecordDecoder(settings).decode(layer, gunzipped));
}

/** The envelopes among a record's parts. */
export function envelopesIn(parts: readonly RecordPart[]): Envelope[] {
  return parts.flatMap((part) => (part.kind === "events" ? part.envelope : []));
}

/** Decodes a record's envelopes again: keeping the events of a whole batch would take too much memory. */
export function decodeEventsAgain(record: KinesisRecord, settings: DecodeSettings): Envelope[] {
  const envelopes = envelopesIn(decodeRecord(record, settings));
  if (envelopes.length === 0) throw new Error(`record ${record.sequenceNumber} held events, and now holds none`);
  return envelopes;
}

/**
 * What applications wrote is archived as an envelope too, so that a replay finds the same events. The user records of an
 * aggregate, often thousands of lines, share one.
 */
function archivable(parts: readonly DecodedPart[]): RecordPart[] {
  let shared: DecodedEnvelope | undefined;
  const decoded: RecordPart[] = [];
  for (const part of parts) {
    if (part.kind !== "application") {
      decoded.push(part);
    } else if (!isUtf8(part.bytes)) {
      decoded.push({ kind: "events", envelope: part.envelope, member: rewritten(part.envelope, part.bytes) });
    } else if (shared) {
      for (const event of part.envelope.logEvents) shared.envelope.logEvents.push(event);
    } else {
      shared = { kind: "events", envelope: part.envelope, member: Buffer.alloc(0) };
      decoded.push(shared);
    }
  }
  if (shared) shared.member = gzipPieces(envelopePieces(shared.envelope));
  return decoded;
}
