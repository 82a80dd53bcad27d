import { BACKSLASH, HEX_DIGIT, LETTER_U, QUOTE, SHORT_ESCAPE, SLASH, SPACE } from "./bytes";
import { cursor, out, outView } from "./scratch";
import { isPlain } from "./words";

/**
 * What is at the cursor:
 * - `same`: a JSON string; `out` has it as `JSON.stringify` would write it.
 * - `other`: a JSON string that `JSON.stringify` would write otherwise; what `out` has of it is of no use.
 * - `none`: no JSON string, or one that goes on beyond the limit.
 */
export type Copied = "same" | "other" | "none";

/** Copies the body of the JSON string that begins at the cursor. Leaves the cursor at the quote that ends it. */
export function copyText(envelope: Buffer, view: DataView, limit: number): Copied {
  let { from, to } = cursor;
  let copied: Copied = "same";
  for (;;) {
    for (; from < limit; from += 4, to += 4) {
      const word = view.getInt32(from);
      if (!isPlain(word)) break;
      outView.setInt32(to, word);
    }
    if (from >= limit) return "none";
    let byte = envelope[from]!;
    while (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) {
      out[to++] = byte;
      byte = envelope[++from]!;
    }
    if (byte === BACKSLASH) {
      const letter = envelope[from + 1]!;
      out[to++] = byte;
      out[to++] = letter;
      from += 2;
      if (SHORT_ESCAPE[letter] === 1) continue;
      if (letter === LETTER_U) {
        const unit = codeUnit(envelope, from);
        if (unit < 0) return "none";
        if (!isWrittenByCode(unit)) copied = "other";
        to += out.write(unit.toString(16).padStart(4, "0"), to, "latin1");
        from += 4;
      } else if (letter === SLASH) {
        copied = "other";
      } else {
        return "none";
      }
    } else {
      if (byte !== QUOTE) return "none";
      cursor.from = from;
      cursor.to = to;
      return copied;
    }
  }
}

/** The code unit of four hexadecimal digits; -1 if they are none. */
function codeUnit(envelope: Buffer, from: number): number {
  for (let i = from; i < from + 4; i++) if (HEX_DIGIT[envelope[i]!] !== 1) return -1;
  return Number.parseInt(envelope.toString("latin1", from, from + 4), 16);
}

/** Whether `JSON.stringify` writes a character as `\u` and its code: a control character without a short escape. */
const isWrittenByCode = (unit: number): boolean => unit < SPACE && !"\b\t\n\f\r".includes(String.fromCharCode(unit));
