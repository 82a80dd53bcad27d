import type { BatchRecord } from "./batch";
import { type BulkItem, bulkLines, documentId, indexName } from "./bulk";
import { type Decoded, decodeRecord } from "./decode";
import { documentOf, eventTime, recordFields, textDocumentOf } from "./document";

export interface EventSettings {
  indexPrefix: string;
  /** What one record may inflate to, in bytes. */
  recordMaxBytes: number;
  /** What one request is filled up to, in bytes. */
  bulkMaxBytes: number;
}

/** Reads `records` one after the other and packs their events into requests, so that few are in memory at a time. */
export function* bulkRequests(records: BatchRecord[], settings: EventSettings): Generator<BulkItem[]> {
  let items: BulkItem[] = [];
  let bytes = 0;
  for (const item of bulkItems(records, settings)) {
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

function* bulkItems(records: BatchRecord[], settings: EventSettings): Generator<BulkItem> {
  for (const [index, record] of records.entries()) {
    const decoded = decodeRecord(record.data, settings.recordMaxBytes);
    record.open = decoded.kind === "events" ? decoded.envelope.logEvents.length : 0;
    if (decoded.kind === "undecodable") record.deadLetter = decoded.reason;
    if (decoded.kind !== "events") continue;
    record.archive = { logGroup: decoded.envelope.logGroup, member: decoded.member };
    const fields = recordFields(decoded.envelope, record.region);
    for (const position of decoded.envelope.logEvents.keys()) {
      const lines = linesOf(decoded, position, record, settings, (message, time) => documentOf(message, time, fields));
      yield { record: index, position, lines };
    }
  }
}

type WithEvents = Extract<Decoded, { kind: "events" }>;

/** The item's event as plain text. Decodes its record again: this is rare, and keeps events out of memory. */
export function textLinesOf(item: BulkItem, record: BatchRecord, settings: EventSettings, refusal: string): string {
  const decoded = decodeRecord(record.data, settings.recordMaxBytes) as WithEvents;
  const fields = recordFields(decoded.envelope, record.region);
  return linesOf(decoded, item.position, record, settings, (message, time) =>
    textDocumentOf(message, time, fields, refusal),
  );
}

function linesOf(
  { envelope }: WithEvents,
  position: number,
  record: BatchRecord,
  settings: EventSettings,
  document: (message: string, time: string) => string,
): string {
  const event = envelope.logEvents[position]!;
  const time = new Date(eventTime(event, record.arrival)).toISOString();
  const id = documentId(event, `${record.shardId}:${record.sequenceNumber}:${position}`);
  return bulkLines(indexName(settings.indexPrefix, envelope.logGroup, time), id, document(event.message, time));
}
