import { documentId } from "../events/document-id";
import { bulkLines, EMPTY_MESSAGE_END } from "../sinks/opensearch/bulk-request";
import { documentOf } from "../sinks/opensearch/document";
import type { OpenEnvelope } from "./encoded-lines";
import type { WasmEncoder } from "./wasm-encoder";

const ID_KEY = '"_id":"';

/**
 * Sets the line prefix of a record for the slot of the current event: all before `EMPTY_MESSAGE_END`. It is cut out of the lines
 * that the plain path writes for an event of that slot, so both paths write the same fields and the same index.
 *
 * @returns its length in bytes
 */
export function setLinePrefix(encoder: WasmEncoder, envelope: OpenEnvelope): number {
  const { indices, fields } = envelope;
  const { exports, memory, LINE_PREFIX, placeholderId } = encoder;
  const { index, from, until } = indices.at(Number(exports.time.value));
  const at = new Date(from).toISOString();
  const lines = bulkLines(index, documentId(placeholderId, envelope), documentOf("", at, fields));
  const length = memory.all.write(lines, LINE_PREFIX) - EMPTY_MESSAGE_END.length;
  // Offsets in characters are offsets in bytes: everything up to the time is ASCII.
  const id = lines.indexOf(ID_KEY) + ID_KEY.length;
  const time = lines.indexOf(at) + "YYYY-MM-DDT".length;
  // The document's line begins with a brace, the time and a comma, and the fields with those of `cloud`.
  const cloud = Buffer.byteLength(lines.slice(0, lines.indexOf(fields.cloud))) + Buffer.byteLength(fields.cloud) - 1;
  exports.setLinePrefix(length, id, time, cloud, from, until);
  return length;
}
