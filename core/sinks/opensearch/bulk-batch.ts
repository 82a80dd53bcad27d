import type { Origin } from "../../events/complete";
import { documentId } from "../../events/document-id";
import type { Envelope } from "../../events/envelope";
import type { IndexLayouts } from "../../events/index-layout";
import { IndexSlots } from "../../events/index-slot";
import type { MessageParsing, StreamParsing } from "../../parsers/message-parsing";
import type { EventPlace } from "../sink";
import { bulkLines, neverWritten } from "./bulk-request";
import { emptyDocumentOf, eventFields, type RecordFields, recordFields, textDocumentOf } from "./document";
import { isLongMessage, reasonOfLongMessage, withMessage } from "./long-message";
import type { Lines } from "./pack";
import { messageDocumentOf } from "./parsed-document";

/** The events of a batch of records, in the form that this sink accepts. */
export interface BulkBatch {
  /** The lines of each event, in order. They are written on demand, so that few are in memory. */
  lines(): Iterable<Lines>;
  /** Returns the lines of `_bulk` that index an event as text, because the index rejected it with its fields. */
  textLines(event: EventPlace, rejection: string): Buffer;
  /** Returns the lines of `_bulk` that probe the index and the shard of an event. */
  probeLines(event: EventPlace): string;
}

/** The events of one envelope, with the fields and the names of indices that they share. */
export interface EventSource {
  envelope: Envelope;
  /** The first event's position in its record, which may hold several envelopes. */
  firstPosition: number;
  fields: RecordFields;
  indices: IndexSlots;
  /** The stream's. */
  region: string;
  /** @default messages stay as they are */
  parsing?: StreamParsing | undefined;
}

/**
 * @param envelopes those of one record; complete: see `completed`
 * @param parsing @default messages stay as they are
 */
export function eventSources(
  envelopes: readonly Envelope[],
  { region }: Pick<Origin, "region">,
  layouts: IndexLayouts,
  parsing?: Pick<MessageParsing, "of">,
): EventSource[] {
  let position = 0;
  return envelopes.map((envelope) => {
    const firstPosition = position;
    position += envelope.logEvents.length;
    const { logGroup } = envelope;
    const fields = recordFields(envelope, region);
    const indices = new IndexSlots(layouts, logGroup);
    return { envelope, firstPosition, fields, indices, region, parsing: parsing?.of(envelope) };
  });
}

/** Returns the one among the sources of a record that has the event at `position`. */
export function sourceAt(sources: readonly EventSource[], position: number): EventSource {
  return sources.findLast(({ firstPosition }) => firstPosition <= position)!;
}

/** Returns a batch of envelopes' events. @param sourceOf returns the source of an event again */
export function sourcesBatch(lines: BulkBatch["lines"], sourceOf: (event: EventPlace) => EventSource): BulkBatch {
  return {
    lines,
    textLines: (event, rejection) => textLines(sourceOf(event), event.position, rejection),
    probeLines: (event) => probeLines(sourceOf(event), event.position),
  };
}

/** Returns a batch whose events are in memory. @param records the sources of each record */
export function bulkBatch(records: readonly (readonly EventSource[])[]): BulkBatch {
  return sourcesBatch(
    () => linesOf(records),
    ({ record, position }) => sourceAt(records[record]!, position),
  );
}

function* linesOf(records: readonly (readonly EventSource[])[]): Generator<Lines> {
  for (const [record, sources] of records.entries()) {
    for (const source of sources) yield* sourceLines(source, record);
  }
}

/**
 * Yields the lines of each event of an envelope.
 *
 * @param record its record's position in the batch
 */
export function* sourceLines(source: EventSource, record: number): Generator<Lines> {
  const { firstPosition, envelope } = source;
  for (const i of envelope.logEvents.keys()) {
    const position = firstPosition + i;
    const buffer = eventLines(source, position);
    yield { record, position, buffer, ends: [buffer.length] };
  }
}

/**
 * Returns the lines of `_bulk` that index an event as text, because the index rejected it with its fields.
 *
 * @param position the event's in its record
 */
export function textLines(source: EventSource, position: number, rejection: string): Buffer {
  return eventLines(source, position, rejection);
}

/**
 * Returns the lines of `_bulk` that probe the index and the shard of an event.
 *
 * @param position the event's in its record
 */
export function probeLines({ envelope, firstPosition, fields, indices }: EventSource, position: number): string {
  const { id, timestamp } = envelope.logEvents[position - firstPosition]!;
  return neverWritten(
    indices.at(timestamp).index,
    documentId(id, envelope),
    emptyDocumentOf(envelope.logGroup, fields),
  );
}

function eventLines(
  { envelope, firstPosition, fields, indices, region, parsing }: EventSource,
  position: number,
  rejection?: string,
): Buffer {
  const event = envelope.logEvents[position - firstPosition]!;
  const { id, timestamp, message } = event;
  const own = event.extractedFields || event.eventCount ? eventFields(envelope, region, event) : fields;
  const time = new Date(timestamp).toISOString();
  const { index } = indices.at(timestamp);
  const _id = documentId(id, envelope);
  const lines = (text: string, reason: string | undefined, parsingOfText?: StreamParsing) =>
    bulkLines(
      index,
      _id,
      reason === undefined
        ? messageDocumentOf(text, time, own, parsingOfText)
        : textDocumentOf(text, time, own, reason),
    );
  if (!isLongMessage(message)) return Buffer.from(lines(message, rejection, parsing));
  return withMessage(lines("", rejection ?? reasonOfLongMessage(message)), message);
}
