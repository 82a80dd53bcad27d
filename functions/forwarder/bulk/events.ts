import { RECORD_EXITS } from "../outcomes/record";
import { type BatchRecord, type DecodeSettings, decodeBatchRecord, type Origin } from "../record/batch";
import type { Decoded, Envelope } from "../record/decode";
import { inflateRecord } from "../record/inflate";
import { splicedRecord } from "../splice/spliced-record";
import { type BulkItem, type BulkRequest, bulkLines, indexName, indexStem } from "./bulk";
import { documentOf, type RecordFields, recordFields, textDocumentOf } from "./document";
import { type Lines, packed } from "./packed";

export interface EventSettings extends DecodeSettings {
  indexPrefix: string;
  /** What one request is filled up to, in bytes. */
  bulkMaxBytes: number;
}

/**
 * Reads `records` one after the other and packs their events into requests, so that few are in memory at a time.
 *
 * @param remainingMs no further record is read when this is over; it stays open
 */
export function bulkRequests(
  records: BatchRecord[],
  settings: EventSettings,
  remainingMs: () => number,
): Generator<BulkRequest> {
  return packed(linesOfEach(records, settings, remainingMs), settings.bulkMaxBytes);
}

function* linesOfEach(records: BatchRecord[], settings: EventSettings, remainingMs: () => number): Generator<Lines> {
  for (const [index, record] of records.entries()) {
    if (remainingMs() <= 0) return;
    const inflated = inflateRecord(record.data, settings.recordMaxBytes);
    const spliced = splicedRecord(inflated, record, settings);
    if (spliced) {
      record.open = spliced.events;
      record.archive = { logGroup: spliced.logGroup, member: spliced.member };
      yield* spliced.lines(index);
      continue;
    }
    const decoded = decodeBatchRecord(record, settings, inflated);
    const { outcome } = RECORD_EXITS[decoded.kind];
    record.open = outcome === "by event" && "envelope" in decoded ? decoded.envelope.logEvents.length : 0;
    if (outcome === "set aside" && "reason" in decoded) record.deadLetter = decoded.reason;
    if (!("envelope" in decoded)) continue;
    record.archive = { logGroup: decoded.envelope.logGroup, member: decoded.member };
    yield* sourceLines(eventSource(decoded.envelope, record, settings.indexPrefix), index);
  }
}

/**
 * The lines of each event of a record.
 *
 * @param record its position in the batch
 */
export function* sourceLines(source: EventSource, record: number): Generator<Lines> {
  for (const position of source.envelope.logEvents.keys()) {
    const buffer = Buffer.from(documentLines(source, position));
    yield { record, position, buffer, ends: [buffer.length] };
  }
}

/**
 * Returns what writes an item's event as plain text. It decodes the item's record again, which keeps events out of
 * memory, and remembers the last one: an index that refuses one event often refuses its neighbours too.
 */
export function textWriter(
  records: BatchRecord[],
  settings: EventSettings,
): (item: BulkItem, refusal: string) => string {
  let last: { record: BatchRecord; source: EventSource } | undefined;
  return (item, refusal) => {
    const record = records[item.record]!;
    if (last?.record !== record) {
      const { envelope } = decodeBatchRecord(record, settings) as Extract<Decoded, { kind: "events" }>;
      last = { record, source: eventSource(envelope, record, settings.indexPrefix) };
    }
    return textLines(last.source, item.position, refusal);
  };
}

/** The events of one record, and what all of them are written with. */
export interface EventSource {
  envelope: Envelope;
  fields: RecordFields;
  stem: string;
}

/** @param envelope complete: see `completed` */
export function eventSource(envelope: Envelope, { region }: Origin, indexPrefix: string): EventSource {
  return { envelope, fields: recordFields(envelope, region), stem: indexStem(indexPrefix, envelope.logGroup) };
}

/** The lines of `_bulk` that index an event. */
function documentLines(source: EventSource, position: number): string {
  return linesOf(source, position, documentOf);
}

/** The lines of `_bulk` that index an event as plain text, because the index refused it. */
export function textLines(source: EventSource, position: number, refusal: string): string {
  return linesOf(source, position, (message, time, fields) => textDocumentOf(message, time, fields, refusal));
}

function linesOf(
  { envelope, fields, stem }: EventSource,
  position: number,
  document: (message: string, time: string, fields: RecordFields) => string,
): string {
  const { id, timestamp, message } = envelope.logEvents[position]!;
  const time = new Date(timestamp).toISOString();
  return bulkLines(indexName(stem, time), id, document(message, time, fields));
}
