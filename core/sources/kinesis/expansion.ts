import { isUtf8 } from "node:buffer";
import { type Undecodable, undecodable } from "../../events/undecodable";
import { jsonStringBytes, MAX_BYTES_PER_BYTE } from "../../json/string-size";
import { MAKE_ROOM } from "./gunzip";

/**
 * How many times its maximum size a record may take as JSON, in its documents and in its copy in the archive. Quotes, backslashes
 * and line feeds take two bytes; control characters would take six, and bytes that are not UTF-8 three.
 */
const MAX_EXPANSION = 2;

/**
 * Returns why a text that an application wrote takes too much memory; undefined if it does not.
 *
 * @param bytes the text's
 * @param maxBytes maximum size of an inflated record
 */
export function tooLargeText(bytes: Buffer, text: string, maxBytes: number): Undecodable | undefined {
  // Rules out nearly all: counting takes time.
  if (bytes.length * MAX_BYTES_PER_BYTE <= maxBytes * MAX_EXPANSION) return undefined;
  return tooLarge(jsonStringBytes(bytes, text), maxBytes);
}

/** The same for an envelope, which is JSON already: only bytes that are not UTF-8 take more as text. */
export function tooLargeEnvelope(bytes: Buffer, maxBytes: number): Undecodable | undefined {
  return isUtf8(bytes) ? undefined : tooLarge(Buffer.byteLength(bytes.toString()), maxBytes);
}

function tooLarge(size: number, maxBytes: number): Undecodable | undefined {
  const allowed = maxBytes * MAX_EXPANSION;
  return size > allowed ? undecodable(`takes ${size} bytes as JSON, more than ${allowed}; ${MAKE_ROOM}`) : undefined;
}
