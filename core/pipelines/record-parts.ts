import type { Envelope } from "../events/envelope";
import { envelopePieces } from "../events/envelope-pieces";
import type { Undecodable } from "../events/undecodable";
import { gzipPieces } from "../gzip/gzip-pieces";
import type { Joining } from "../messages/joining";
import type { MessageParser } from "../parsers/parsed-message";
import type { EventTally, MetricSet } from "../rules/metrics/metric-set";
import type { LeftOutEvent, RuleCounts, RuledEnvelope, RuleSet } from "../rules/rule-set";
import { decodeRecord, envelopesIn } from "../sources/kinesis/decode-record";
import type { Inflated } from "../sources/kinesis/gunzip";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { DecodeSettings } from "../sources/kinesis/record-decoder";
import type { RecordPart } from "../sources/kinesis/record-part";
import { type ArchiveLayout, storableParts } from "./storable-parts";

/** What becomes of messages. */
export interface MessageSettings {
  /** Joins events of several lines before all else. @default none are joined */
  joining?: Joining | undefined;
  /** @default every event is indexed as it came */
  rules?: RuleSet | undefined;
  /** What is counted of the events, whether they are indexed or not. @default nothing */
  metrics?: MetricSet | undefined;
  /** Whether the archive has the events as they came, or as the rules have redacted them. @default raw */
  archiveContent?: "raw" | "redacted";
  /** Makes fields of messages. @default none but those of JSON */
  parsing?: { of(envelope: Envelope): { parse: MessageParser } | undefined } | undefined;
}

/** What becomes of the messages of a lane, whose log groups may differ. */
export interface LaneMessageSettings extends MessageSettings {
  /** Of log groups of which something else becomes than of all others; its `parsing` knows them, too. @default none */
  byLogGroup?: ReadonlyMap<string, MessageSettings> | undefined;
}

export interface PartSettings extends DecodeSettings, LaneMessageSettings {
  /** @default log-group */
  archiveLayout?: ArchiveLayout | undefined;
}

/** Returns what becomes of the messages of a log group. */
export const messagesOf = (settings: LaneMessageSettings, logGroup: string): MessageSettings =>
  settings.byLogGroup?.get(logGroup) ?? settings;

/** Whether the events of a log group are looked at before they are indexed: they are joined or counted, or rules apply to them. */
export function arePrepared(settings: LaneMessageSettings, logGroup: string): boolean {
  return preparesAny(messagesOf(settings, logGroup));
}

/** The same of all log groups that have no settings of their own. */
export const preparesAny = ({ joining, rules, metrics }: MessageSettings): boolean =>
  joining !== undefined || rules !== undefined || metrics !== undefined;

/**
 * A part of a record with the events that are indexed. `joined`: how many events were joined to the one before them; `counts`: what
 * the rules did with the others, and `leftOut` those that they left out; `isAsItCame`: neither has changed anything; `tally` counts
 * what the log group's metrics count.
 */
export type PreparedPart = RecordPart & {
  joined?: number;
  counts?: RuleCounts;
  leftOut?: readonly LeftOutEvent[];
  isAsItCame?: boolean;
  tally?: () => EventTally;
};

/**
 * Decodes a record into its parts, joins their events, and applies the rules to them: places of events are those among the events
 * that are indexed. The same record and settings give the same parts, so that retries, `rejected/` and documents agree.
 *
 * @param inflated the record's data, inflated if it is gzip. @default inflated here
 */
export function recordParts(
  record: KinesisRecord,
  settings: PartSettings,
  inflated?: Inflated | Undecodable,
): PreparedPart[] {
  return preparedParts(
    storableParts(decodeRecord(record, settings, inflated), record, settings.archiveLayout),
    settings,
  );
}

function preparedParts(parts: RecordPart[], settings: LaneMessageSettings): PreparedPart[] {
  if (!preparesAny(settings) && !settings.byLogGroup) return parts;
  return parts.map((part) => preparedPart(part, settings));
}

/**
 * Returns the envelopes of a record again that `recordParts` has taken apart, or a replay, which takes any apart: keeping the events of a
 * whole batch would take too much memory.
 */
export function recordEnvelopes(record: KinesisRecord, settings: PartSettings): Envelope[] {
  const envelopes = envelopesIn(preparedParts(decodeRecord(record, settings), settings));
  if (envelopes.length === 0) throw new Error(`record ${record.sequenceNumber} held events, and now holds none`);
  return envelopes;
}

/**
 * Joins the events of a part, and applies the rules to them. Metrics count them redacted, so that no dimension has what is to be in no
 * document, and also those that are not indexed.
 */
export function preparedPart(part: RecordPart, lane: LaneMessageSettings): PreparedPart {
  if (part.kind !== "events") return part;
  const settings = messagesOf(lane, part.envelope.logGroup);
  const { redacted, indexed, leftOut, joined, counts } = preparedEnvelope(part.envelope, settings);
  // Written anew even if nothing is redacted: the record's bytes may hold members that nothing reads, or one twice.
  const isRewritten = settings.rules?.redacts && settings.archiveContent === "redacted";
  const member = isRewritten ? gzipPieces(envelopePieces(redacted)) : part.member;
  const isAsItCame = indexed === part.envelope;
  const { metrics, parsing } = settings;
  const tally = metrics && (() => metrics.count(redacted, parsing?.of(redacted)?.parse));
  return {
    ...{ kind: "events", envelope: indexed, member, joined, leftOut, isAsItCame },
    ...(counts && { counts }),
    ...(tally && { tally }),
  };
}

/** What joining and rules make of an envelope. */
export interface PreparedEnvelope extends Omit<RuledEnvelope, "counts"> {
  /** How many events were joined to the one before them. */
  joined: number;
  /** What the rules did with events; absent without rules. */
  counts?: RuleCounts;
}

/** Joins the events of an envelope, and applies the rules to them. */
export function preparedEnvelope(envelope: Envelope, { joining, rules, parsing }: MessageSettings): PreparedEnvelope {
  const whole = joining ? joining(envelope) : envelope;
  const joined = envelope.logEvents.length - whole.logEvents.length;
  if (!rules) return { redacted: whole, indexed: whole, leftOut: [], joined };
  return { ...rules.apply(whole, parsing?.of(whole)?.parse), joined };
}
