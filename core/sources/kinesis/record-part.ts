import type { Envelope } from "../../events/envelope";
import type { Undecodable } from "../../events/undecodable";
import type { ControlMessage, DecodedEnvelope } from "./decode";
import type { KinesisRecord } from "./record";

/** A part of a record that cannot be decoded. */
export interface UndecodablePart extends Undecodable {
  /** The part's data, as a record of its own. */
  record: KinesisRecord;
}

/** A part of a record, classified by RECORD_RULES; most records have one. */
export type RecordPart = DecodedEnvelope | ControlMessage | UndecodablePart;

/** What an application wrote, before it is an envelope for the archive. */
export interface ApplicationPart {
  kind: "application";
  envelope: Envelope;
  bytes: Buffer;
}

export type DecodedPart = RecordPart | ApplicationPart;
