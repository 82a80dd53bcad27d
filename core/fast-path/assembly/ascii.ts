export const TAB: u8 = 0x09;
export const LINE_FEED: u8 = 0x0a;
export const RETURN: u8 = 0x0d;
export const SPACE: u8 = 0x20;
export const QUOTE: u8 = 0x22;
export const HASH: u8 = 0x23;
export const PLUS: u8 = 0x2b;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const DOT: u8 = 0x2e;
export const SLASH: u8 = 0x2f;
export const ZERO: u8 = 0x30;
export const COLON: u8 = 0x3a;
export const EQUALS: u8 = 0x3d;
export const UPPER_T: u8 = 0x54;
export const UPPER_Z: u8 = 0x5a;
export const OPEN_BRACKET: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_BRACKET: u8 = 0x5d;
export const UNDERSCORE: u8 = 0x5f;
export const LETTER_B: u8 = 0x62;
export const LETTER_E: u8 = 0x65;
export const LETTER_F: u8 = 0x66;
export const LETTER_N: u8 = 0x6e;
export const LETTER_R: u8 = 0x72;
export const LETTER_T: u8 = 0x74;
export const LETTER_U: u8 = 0x75;
export const LETTER_V: u8 = 0x76;
export const OPEN_BRACE: u8 = 0x7b;
export const BAR: u8 = 0x7c;
export const CLOSE_BRACE: u8 = 0x7d;
export const TILDE: u8 = 0x7e;

export function isDigit(byte: u8): bool {
  return <u8>(byte - ZERO) < 10;
}

export function isLetter(byte: u8): bool {
  return <u8>((byte | 0x20) - 0x61) < 26;
}

export function isUpper(byte: u8): bool {
  return <u8>(byte - 0x41) < 26;
}

export function isHexDigit(byte: u8): bool {
  return isDigit(byte) || <u8>((byte | 0x20) - 0x61) < 6;
}

/** Whether a backslash and `letter` are the escape that `JSON.stringify` itself writes for a character. `u` is not among them. */
export function isShortEscape(letter: u8): bool {
  switch (letter) {
    case QUOTE:
    case BACKSLASH:
    case LETTER_B:
    case LETTER_F:
    case LETTER_N:
    case LETTER_R:
    case LETTER_T:
      return true;
    default:
      return false;
  }
}

/** A constant of up to 16 ASCII characters, compared and written in one instruction. */
export function ascii(text: string): v128 {
  const at = memory.data(16);
  for (let i = 0; i < text.length; i++) store<u8>(at + i, <u8>text.charCodeAt(i));
  return v128.load(at);
}

/** Whether the bytes at `at` equal the first `length` bytes of `text`. */
export function hasAt(at: usize, text: v128, length: i32): bool {
  const mask = (1 << length) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(at), text)) & mask) === mask;
}
