import { splicedRecord } from "../fast-path/spliced-record";
import type { BulkItem, BulkRequest } from "../sinks/opensearch/bulk-request";
import { type EventSource, eventSource, sourceLines, textLines } from "../sinks/opensearch/event-lines";
import { type Lines, packed } from "../sinks/opensearch/pack";
import { type BatchRecord, type DecodeSettings, decodeBatchRecord } from "../sources/kinesis/batch-record";
import type { Decoded } from "../sources/kinesis/decode";
import { inflateRecord } from "../sources/kinesis/gunzip";
import { RECORD_EXITS } from "../sources/kinesis/record-rules";

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
