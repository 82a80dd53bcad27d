import type { Envelope } from "../events/envelope";
import { envelopePieces } from "../events/envelope-pieces";
import type { Undecodable } from "../events/undecodable";
import { gzipPieces } from "../gzip/gzip-pieces";
import type { MessageParser } from "../parsers/parsed-message";
import type { RuleCounts, RuleSet } from "../rules/rule-set";
import type { DecodedEnvelope } from "../sources/kinesis/decode";
import { decodeRecord, envelopesIn } from "../sources/kinesis/decode-record";
import type { Inflated } from "../sources/kinesis/gunzip";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { DecodeSettings } from "../sources/kinesis/record-decoder";
import type { RecordPart } from "../sources/kinesis/record-part";
import { storableParts } from "./storable-parts";

export interface PartSettings extends DecodeSettings {
  /** @default every event is indexed as it came */
  rules?: RuleSet | undefined;
  /** Whether the archive has the events as they came, or as the rules have redacted them. @default raw */
  archiveContent?: "raw" | "redacted";
  /** Makes fields of messages. @default none but those of JSON */
  parsing?: { of(envelope: Envelope): { parse: MessageParser } | undefined } | undefined;
}

/** A part of a record with the events that are indexed; `counts`: what the rules did with the others. */
export type RuledPart = RecordPart & { counts?: RuleCounts };

/**
 * Decodes a record into its parts, and applies the rules to their events: places of events are those among the events that are
 * indexed. The same record and settings give the same parts, so that retries, `rejected/` and documents agree.
 *
 * @param inflated the record's data, inflated if it is gzip. @default inflated here
 */
export function recordParts(
  record: KinesisRecord,
  settings: PartSettings,
  inflated?: Inflated | Undecodable,
): RuledPart[] {
  const parts = storableParts(decodeRecord(record, settings, inflated), record);
  const { rules } = settings;
  return rules ? parts.map((part) => (part.kind === "events" ? ruled(part, rules, settings) : part)) : parts;
}

/** Returns the envelopes of `recordParts` again: keeping the events of a whole batch would take too much memory. */
export function recordEnvelopes(record: KinesisRecord, settings: PartSettings): Envelope[] {
  const envelopes = envelopesIn(recordParts(record, settings));
  if (envelopes.length === 0) throw new Error(`record ${record.sequenceNumber} held events, and now holds none`);
  return envelopes;
}

function ruled(part: DecodedEnvelope, rules: RuleSet, { archiveContent, parsing }: PartSettings): RuledPart {
  const { redacted, indexed, counts } = rules.apply(part.envelope, parsing?.of(part.envelope)?.parse);
  // Written anew even if nothing is redacted: the record's bytes may hold members that nothing reads, or one twice.
  const isRewritten = rules.redacts && archiveContent === "redacted";
  const member = isRewritten ? gzipPieces(envelopePieces(redacted)) : part.member;
  return { kind: "events", envelope: indexed, member, counts };
}
