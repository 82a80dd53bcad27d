import type { Origin } from "../../events/complete";
import type { Envelope } from "../../events/envelope";
import { indexName, indexStem } from "../../events/index-name";
import { bulkLines } from "./bulk-request";
import { documentOf, type RecordFields, recordFields, textDocumentOf } from "./document";
import type { Lines } from "./pack";

/** The events of a batch of records, in the form that this sink accepts. */
export interface BulkBatch {
  /** The lines of each event, in order. They are written on demand, so that few are in memory. */
  lines(): Iterable<Lines>;
  /** Returns the events of the record at this position again, to index one of them as text. */
  source(record: number): EventSource;
}

/** The events of one record, with the fields and the index name that they share. */
export interface EventSource {
  envelope: Envelope;
  fields: RecordFields;
  stem: string;
}

/** @param envelope complete: see `completed` */
export function eventSource(envelope: Envelope, { region }: Pick<Origin, "region">, indexPrefix: string): EventSource {
  return { envelope, fields: recordFields(envelope, region), stem: indexStem(indexPrefix, envelope.logGroup) };
}

/** Returns a batch whose events are in memory. @param sources undefined for a record without events */
export function bulkBatch(sources: readonly (EventSource | undefined)[]): BulkBatch {
  return {
    lines: () => linesOf(sources),
    source: (record) => sources[record]!,
  };
}

function* linesOf(sources: readonly (EventSource | undefined)[]): Generator<Lines> {
  for (const [record, source] of sources.entries()) if (source) yield* sourceLines(source, record);
}

/**
 * Yields the lines of each event of a record.
 *
 * @param record its position in the batch
 */
export function* sourceLines(source: EventSource, record: number): Generator<Lines> {
  for (const position of source.envelope.logEvents.keys()) {
    const buffer = Buffer.from(eventLines(source, position, documentOf));
    yield { record, position, buffer, ends: [buffer.length] };
  }
}

/** Returns the lines of `_bulk` that index an event as text, because the index rejected it with its fields. */
export function textLines(source: EventSource, position: number, rejection: string): string {
  return eventLines(source, position, (message, time, fields) => textDocumentOf(message, time, fields, rejection));
}

function eventLines(
  { envelope, fields, stem }: EventSource,
  position: number,
  document: (message: string, time: string, fields: RecordFields) => string,
): string {
  const { id, timestamp, message } = envelope.logEvents[position]!;
  const time = new Date(timestamp).toISOString();
  return bulkLines(indexName(stem, time), id, document(message, time, fields));
}
