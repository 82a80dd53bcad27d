/** ASCII, by what it means in JSON. */
export const TAB = 0x09;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const LETTER_N = 0x6e;
export const LETTER_R = 0x72;
export const LETTER_T = 0x74;
export const LETTER_U = 0x75;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** A set of ASCII characters: 1 for each that is in it. */
export function setOf(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) set[byte] = 1;
  return set;
}

/** What may follow a backslash and is how `JSON.stringify` writes that character, too. */
export const SHORT_ESCAPE = setOf('"\\bfnrt');

export const HEX_DIGIT = setOf("0123456789abcdefABCDEF");

/** Whether `envelope` has `expected` at `at`. */
export function hasAt(envelope: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i++) if (envelope[at + i] !== expected[i]) return false;
  return true;
}
