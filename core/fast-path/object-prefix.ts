import type { LinesSource, LinesWriter } from "../sinks/opensearch/object-lines";
import type { WasmEncoder } from "./wasm-encoder";

const ID_KEY = '"_id":"';
const TIMESTAMP_KEY = '"@timestamp":"';

const END_OF_CLOUD = '},"aws":{';

/** Stands for a line's number; the line prefix has none. */
const PLACEHOLDER = 0;

/** What follows the line prefix in a document without a message: fields, or a text, replace it. */
const END_OF_EMPTY = `},"event":{"sequence":${PLACEHOLDER}},"message":""}\n`;

/**
 * Sets the line prefix of an object for the slot of the current line. As that of an envelope, it is cut out of what the plain path
 * writes.
 */
export function setObjectPrefix({ exports, memory }: WasmEncoder, { indices }: LinesSource, writer: LinesWriter): void {
  const { from, until } = indices.at(Number(exports.lineTime.value));
  const lines = writer.emptyLineOf(PLACEHOLDER, from);
  const id = lines.indexOf(ID_KEY) + ID_KEY.length;
  const rest = lines.slice(id + String(PLACEHOLDER).length, -END_OF_EMPTY.length);
  const length = memory.all.write(lines.slice(0, id) + rest, exports.nextObjectPrefix());
  // Offsets in characters are offsets in bytes: everything up to the time is ASCII.
  const time = id + rest.indexOf(TIMESTAMP_KEY) + TIMESTAMP_KEY.length + "YYYY-MM-DDT".length;
  // Within texts, quotes are escaped.
  const cloud = id + Buffer.byteLength(rest.slice(0, rest.indexOf(END_OF_CLOUD)));
  exports.setObjectPrefix(length, id, time, cloud, from, until);
}
