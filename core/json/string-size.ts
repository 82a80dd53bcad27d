const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];

/** Bytes that one control character takes in JSON: `\\n`, `\\u001b`. */
const CONTROL_BYTES = Array.from({ length: SPACE }, (_, code) => JSON.stringify(String.fromCharCode(code)).length - 2);

/** The most that a byte of a text takes in JSON, and a UTF-16 code unit: a control character, a lone surrogate. */
export const MAX_BYTES_PER_BYTE = 6;
export const MAX_BYTES_PER_CHARACTER = 6;

/**
 * Returns the size of a text as a JSON string in UTF-8, without its quotes, in bytes.
 *
 * @param bytes the text's, UTF-8 or not: each sequence that is not takes the three bytes of U+FFFD
 * @param text the same, decoded
 */
export function jsonStringBytes(bytes: Uint8Array, text: string): number {
  let escapes = 0;
  for (const byte of bytes) {
    if (byte < SPACE) escapes += CONTROL_BYTES[byte]! - 1;
    else if (byte === QUOTE || byte === BACKSLASH) escapes++;
  }
  return Buffer.byteLength(text) + escapes;
}
