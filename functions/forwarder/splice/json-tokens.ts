import { BACKSLASH, DOT, HEX_DIGIT, LETTER_U, MINUS, NINE, QUOTE, SHORT_ESCAPE, SLASH, SPACE, ZERO } from "./bytes";
import { cursor, out, outView } from "./scratch";
import { isPlain } from "./words";

/**
 * Copies a JSON string that stands in a message, so that its quotes are escaped. The cursor is behind the first quote,
 * and is left behind the last one.
 *
 * @returns false for what is no string, or has an escape (`\u`) in the message's own layer
 */
export function copyString(envelope: Buffer, view: DataView, limit: number): boolean {
  let { from, to } = cursor;
  out[to++] = QUOTE;
  for (;;) {
    for (; from < limit; from += 4, to += 4) {
      const word = view.getInt32(from);
      if (!isPlain(word)) break;
      outView.setInt32(to, word);
    }
    if (from >= limit) return false;
    let byte = envelope[from++]!;
    while (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) {
      out[to++] = byte;
      byte = envelope[from++]!;
    }
    if (byte !== BACKSLASH) return false;
    byte = envelope[from++]!;
    if (byte === SLASH) {
      out[to++] = byte;
      continue;
    }
    if (byte === QUOTE) {
      out[to++] = byte;
      cursor.from = from;
      cursor.to = to;
      return true;
    }
    if (byte !== BACKSLASH) return false;
    // An escape of the string itself; a quote or a backslash in it is escaped once more in the message.
    out[to++] = BACKSLASH;
    byte = envelope[from++]!;
    if (byte === BACKSLASH) {
      byte = envelope[from++]!;
      if (byte !== QUOTE && byte !== BACKSLASH && byte !== SLASH) return false;
    } else if (byte === LETTER_U) {
      out[to++] = byte;
      for (let digit = 1; digit < 4; digit++) {
        byte = envelope[from++]!;
        if (HEX_DIGIT[byte] !== 1) return false;
        out[to++] = byte;
      }
      byte = envelope[from++]!;
      if (HEX_DIGIT[byte] !== 1) return false;
    } else if (byte !== SLASH && (SHORT_ESCAPE[byte] !== 1 || byte === QUOTE)) {
      return false;
    }
    out[to++] = byte;
  }
}

/** Copies the JSON number at the cursor. */
export function copyNumber(envelope: Buffer): boolean {
  const start = cursor.from;
  let from = start;
  if (envelope[from] === MINUS) from++;
  const integer = from;
  from = endOfDigits(envelope, from);
  if (from === integer || (envelope[integer] === ZERO && from > integer + 1)) return false;
  if (envelope[from] === DOT) {
    const fraction = from + 1;
    from = endOfDigits(envelope, fraction);
    if (from === fraction) return false;
  }
  if ((envelope[from]! | 0x20) === LETTER_E) {
    from++;
    if (envelope[from] === PLUS || envelope[from] === MINUS) from++;
    const exponent = from;
    from = endOfDigits(envelope, exponent);
    if (from === exponent) return false;
  }
  copyTo(envelope, from);
  return true;
}

const LETTER_E = 0x65;
const PLUS = 0x2b;

function endOfDigits(envelope: Buffer, from: number): number {
  let end = from;
  while (envelope[end]! >= ZERO && envelope[end]! <= NINE) end++;
  return end;
}

const LITERALS = ["true", "false", "null"].map((text) => Buffer.from(text));

/** Copies `true`, `false` or `null`. */
export function copyLiteral(envelope: Buffer): boolean {
  for (const literal of LITERALS) {
    if (envelope[cursor.from] !== literal[0]) continue;
    for (let i = 1; i < literal.length; i++) if (envelope[cursor.from + i] !== literal[i]) return false;
    copyTo(envelope, cursor.from + literal.length);
    return true;
  }
  return false;
}

function copyTo(envelope: Buffer, end: number): void {
  let { from, to } = cursor;
  while (from < end) out[to++] = envelope[from++]!;
  cursor.from = end;
  cursor.to = to;
}
