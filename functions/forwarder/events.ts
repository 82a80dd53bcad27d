import { type BatchRecord, type DecodeSettings, decodeBatchRecord, type Origin } from "./batch";
import { type BulkItem, bulkLines, indexName, indexStem } from "./bulk";
import type { Decoded, Envelope } from "./decode";
import { documentOf, type RecordFields, recordFields, textDocumentOf } from "./document";
import { RECORD_EXITS } from "./outcomes/record";

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
): Generator<BulkItem[]> {
  return packed(bulkItems(records, settings, remainingMs), settings.bulkMaxBytes);
}

/** Packs `items` into requests of up to `maxBytes`, or of one item. */
export function* packed(items: Iterable<BulkItem>, maxBytes: number): Generator<BulkItem[]> {
  let request: BulkItem[] = [];
  let bytes = 0;
  for (const item of items) {
    const length = Buffer.byteLength(item.lines);
    if (bytes + length > maxBytes && request.length > 0) {
      yield request;
      request = [];
      bytes = 0;
    }
    request.push(item);
    bytes += length;
  }
  if (request.length > 0) yield request;
}

function* bulkItems(records: BatchRecord[], settings: EventSettings, remainingMs: () => number): Generator<BulkItem> {
  for (const [index, record] of records.entries()) {
    if (remainingMs() <= 0) return;
    const decoded = decodeBatchRecord(record, settings);
    const { outcome } = RECORD_EXITS[decoded.kind];
    record.open = outcome === "by event" && "envelope" in decoded ? decoded.envelope.logEvents.length : 0;
    if (outcome === "set aside" && "reason" in decoded) record.deadLetter = decoded.reason;
    if (!("envelope" in decoded)) continue;
    record.archive = { logGroup: decoded.envelope.logGroup, member: decoded.member };
    const source = eventSource(decoded.envelope, record, settings.indexPrefix);
    for (const position of decoded.envelope.logEvents.keys()) {
      yield { record: index, position, lines: documentLines(source, position) };
    }
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
export function documentLines(source: EventSource, position: number): string {
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
