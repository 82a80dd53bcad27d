import type { BatchRecord } from "./batch";
import { type BulkItem, bulkLines, documentId, indexName, indexStem } from "./bulk";
import { type Decoded, decodeRecord, type Envelope } from "./decode";
import { documentOf, eventTime, type RecordFields, recordFields, textDocumentOf } from "./document";

export interface EventSettings {
  indexPrefix: string;
  /** What one record may inflate to, in bytes. */
  recordMaxBytes: number;
  /** What one request is filled up to, in bytes. */
  bulkMaxBytes: number;
}

/**
 * Reads `records` one after the other and packs their events into requests, so that few are in memory at a time.
 *
 * @param remainingMs no further record is read when this is over; it stays open
 */
export function* bulkRequests(
  records: BatchRecord[],
  settings: EventSettings,
  remainingMs: () => number,
): Generator<BulkItem[]> {
  let items: BulkItem[] = [];
  let bytes = 0;
  for (const item of bulkItems(records, settings, remainingMs)) {
    const length = Buffer.byteLength(item.lines);
    if (bytes + length > settings.bulkMaxBytes && items.length > 0) {
      yield items;
      items = [];
      bytes = 0;
    }
    items.push(item);
    bytes += length;
  }
  if (items.length > 0) yield items;
}

function* bulkItems(records: BatchRecord[], settings: EventSettings, remainingMs: () => number): Generator<BulkItem> {
  for (const [index, record] of records.entries()) {
    if (remainingMs() <= 0) return;
    const decoded = decodeRecord(record.data, settings.recordMaxBytes);
    record.open = decoded.kind === "events" ? decoded.envelope.logEvents.length : 0;
    if (decoded.kind === "undecodable") record.deadLetter = decoded.reason;
    if (decoded.kind !== "events") continue;
    record.archive = { logGroup: decoded.envelope.logGroup, member: decoded.member };
    const source = sourceOf(decoded.envelope, record, settings);
    for (const position of decoded.envelope.logEvents.keys()) {
      yield { record: index, position, lines: linesOf(source, position, documentOf) };
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
  let last: EventSource | undefined;
  return (item, refusal) => {
    const record = records[item.record]!;
    if (last?.record !== record) {
      const decoded = decodeRecord(record.data, settings.recordMaxBytes);
      last = sourceOf((decoded as Extract<Decoded, { kind: "events" }>).envelope, record, settings);
    }
    return linesOf(last, item.position, (message, time, fields) => textDocumentOf(message, time, fields, refusal));
  };
}

/** A record that is read, and what all its events are written with. */
interface EventSource {
  record: BatchRecord;
  envelope: Envelope;
  fields: RecordFields;
  stem: string;
}

function sourceOf(envelope: Envelope, record: BatchRecord, settings: EventSettings): EventSource {
  const fields = recordFields(envelope, record.region);
  return { record, envelope, fields, stem: indexStem(settings.indexPrefix, envelope.logGroup) };
}

function linesOf(
  { record, envelope, fields, stem }: EventSource,
  position: number,
  document: (message: string, time: string, fields: RecordFields) => string,
): string {
  const event = envelope.logEvents[position]!;
  const time = new Date(eventTime(event, record.arrival)).toISOString();
  const id = documentId(event, `${record.shardId}:${record.sequenceNumber}:${position}`);
  return bulkLines(indexName(stem, time), id, document(event.message, time, fields));
}
