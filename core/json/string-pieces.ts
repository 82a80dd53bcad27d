/** Characters of one piece. */
const PIECE_LENGTH = 64 * 1024;

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;

/**
 * Yields the JSON string of a text, without its quotes, in pieces: `JSON.stringify` of a long text takes several times its size.
 */
export function* jsonStringPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const full = at + PIECE_LENGTH;
    // Both halves of a character go into one piece.
    const end = isHighSurrogate(text.charCodeAt(full - 1)) ? full - 1 : full;
    yield JSON.stringify(text.slice(at, end)).slice(1, -1);
    at = end;
  }
}

/** Whether `jsonStringPieces` yields a text in more than one piece. */
export const isLong = (text: string): boolean => text.length > PIECE_LENGTH;
