import { documentId } from "../events/document-id";
import { indexName } from "../events/index-name";
import { bulkLines, EMPTY_MESSAGE_END } from "../sinks/opensearch/bulk-request";
import { documentOf } from "../sinks/opensearch/document";
import type { OpenEnvelope } from "./encoded-lines";
import type { WasmEncoder } from "./wasm-encoder";

const DAY_MS = 86_400_000;

const ID_KEY = '"_id":"';

/**
 * Sets the line prefix of a record for the current event's day: all before `EMPTY_MESSAGE_END`. It is cut out of the lines that
 * the plain path writes for an event of that day, so both paths write the same fields.
 */
export function setLinePrefix(encoder: WasmEncoder, envelope: OpenEnvelope): void {
  const { stem, fields } = envelope;
  const { exports, memory, LINE_PREFIX, placeholderId } = encoder;
  const day = exports.day();
  const midnight = new Date(day * DAY_MS).toISOString();
  const lines = bulkLines(
    indexName(stem, midnight),
    documentId(placeholderId, envelope),
    documentOf("", midnight, fields),
  );
  const length = memory.all.write(lines, LINE_PREFIX) - EMPTY_MESSAGE_END.length;
  // Offsets in characters are offsets in bytes: everything up to the time is ASCII.
  const id = lines.indexOf(ID_KEY) + ID_KEY.length;
  const time = lines.indexOf(midnight) + "YYYY-MM-DDT".length;
  exports.setLinePrefix(length, id, time, day);
}
