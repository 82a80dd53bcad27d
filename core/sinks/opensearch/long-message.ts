import { jsonStringPieces } from "../../json/string-pieces";
import { EMPTY_MESSAGE_END } from "./bulk-request";

/**
 * Characters of a message that can be sent as fields; a longer one is text at once. Parsing it, and writing its members, would
 * take many times its size. Source: CloudWatch Logs "PutLogEvents": an event has 1 MB at most; an application's can have more.
 */
export const MAX_FIELDS_LENGTH = 4 * 1024 * 1024;

/** Whether a message is written by `withMessage`. */
export const isLongMessage = (message: string): boolean => message.length > MAX_FIELDS_LENGTH;

/** Why a long message that may be JSON is sent as text; undefined for one that is text anyway. */
export function reasonOfLongMessage(message: string): string | undefined {
  return /^[ \t\r\n]*\{/.test(message) ? `longer than ${MAX_FIELDS_LENGTH} characters, as text` : undefined;
}

/** Returns the lines of an event with a message in place of its empty one, which is written in pieces. */
export function withMessage(lines: string, message: string): Buffer {
  const text = message.toWellFormed();
  const start = lines.slice(0, -EMPTY_MESSAGE_END.length);
  let bytes = Buffer.byteLength(start) + EMPTY_MESSAGE_END.length;
  for (const piece of jsonStringPieces(text)) bytes += Buffer.byteLength(piece);
  const buffer = Buffer.allocUnsafeSlow(bytes);
  let at = buffer.write(start);
  for (const piece of jsonStringPieces(text)) at += buffer.write(piece, at);
  buffer.write(EMPTY_MESSAGE_END, at);
  return buffer;
}
