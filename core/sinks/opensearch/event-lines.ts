import type { Origin } from "../../events/complete";
import type { Envelope } from "../../events/envelope";
import { indexName, indexStem } from "../../events/index-name";
import { bulkLines } from "./bulk-request";
import { documentOf, type RecordFields, recordFields, textDocumentOf } from "./document";
import type { Lines } from "./pack";

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
