import { documentId, textHash } from "../events/document-id";
import type { Envelope } from "../events/envelope";
import { noParsing } from "../parsers/message-parsing";
import type { EventLine } from "../sinks/kinesis/event-line";
import type { LineBatch } from "../sinks/kinesis/kinesis-sink";
import { MAX_RECORD_BYTES } from "../sinks/kinesis/pack-lines";
import { eventFields } from "../sinks/opensearch/document";
import { identifiedDocumentOf } from "../sinks/opensearch/identified-document";
import { envelopesIn } from "../sources/kinesis/decode-record";
import type { EventSettings } from "./kinesis-to-opensearch";
import { recordParts } from "./record-parts";
import type { RecordProgress } from "./record-progress";

/** How events become lines: as they become documents, but for the names of indices and the fast path. */
export type LineSettings = Omit<EventSettings, "indexLayouts" | "fastPath">;

/**
 * The events of a batch of Kinesis records as lines of JSON for another stream: each is the document that an index would get, and has
 * as `event.id` the line's own or the document's `_id`. The lines of a log stream share a partition key.
 *
 * @param remainingMs milliseconds until the deadline: no further record is read after it; it stays pending
 */
export function streamBatch(
  records: readonly RecordProgress[],
  settings: LineSettings,
  remainingMs: () => number,
): LineBatch {
  return { lines: () => linesOf(records, settings, remainingMs) };
}

function* linesOf(
  records: readonly RecordProgress[],
  settings: LineSettings,
  remainingMs: () => number,
): Generator<EventLine> {
  for (const [index, progress] of records.entries()) {
    if (remainingMs() <= 0) return;
    const parts = recordParts(progress.record, settings);
    progress.decoded(parts);
    let position = 0;
    for (const envelope of envelopesIn(parts)) {
      for (const { line, partitionKey } of envelopeLines(envelope, progress.record.region, settings)) {
        yield { record: index, position, line, partitionKey };
        position++;
      }
    }
  }
}

function* envelopeLines(
  envelope: Envelope,
  region: string,
  settings: LineSettings,
): Generator<Pick<EventLine, "line" | "partitionKey">> {
  const { owner, logGroup, logStream, logEvents } = envelope;
  const parsing = settings.parsing?.of(envelope) ?? noParsing();
  const partitionKey = textHash(JSON.stringify([owner, logGroup, logStream]));
  for (const event of logEvents) {
    const { id, timestamp, message } = event;
    // No record has room for it: it is rejected whatever its line is, and writing that takes memory.
    if (message.length > MAX_RECORD_BYTES) {
      yield { line: message, partitionKey };
      continue;
    }
    const time = new Date(timestamp).toISOString();
    const fields = eventFields(envelope, region, event);
    yield { line: identifiedDocumentOf(message, time, fields, parsing, documentId(id, envelope)), partitionKey };
  }
}
