import type { TextRange } from "./text-range";

/** Escapes of JSON, of programming languages and of web servers, and percent-encoding. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))|%([0-9a-fA-F]{2})/g;

/** Characters whose escape is another letter. */
const LETTERS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** A text without its escapes. */
export interface UnescapedText {
  text: string;
  /** Returns the range of the escaped text that became `range`. */
  sourceOf(range: TextRange): TextRange;
  /** Returns a range of the escaped text, and the rest of the escapes that begin or end in it. */
  whole(range: TextRange): TextRange;
}

/** @returns undefined for a text without escapes */
export function unescaped(source: string): UnescapedText | undefined {
  if (!source.includes("\\") && !source.includes("%")) return undefined;
  let text = "";
  let at = 0;
  /** Where each escape begins and ends in the source, and its character in the text. */
  const starts: number[] = [];
  const ends: number[] = [];
  const places: number[] = [];
  for (const { 0: written, 1: unicode, 2: hex, 3: character, 4: percent, index } of source.matchAll(ESCAPE)) {
    text += source.slice(at, index);
    at = index + written.length;
    starts.push(index);
    ends.push(at);
    places.push(text.length);
    const code = unicode ?? hex ?? percent;
    text += code === undefined ? (LETTERS[character!] ?? character!) : String.fromCharCode(Number.parseInt(code, 16));
  }
  if (starts.length === 0) return undefined;
  text += source.slice(at);
  const startOf = (place: number) => {
    const i = lastUpTo(places, place);
    if (i < 0) return place;
    return places[i] === place ? starts[i]! : ends[i]! + place - places[i]! - 1;
  };
  const endOf = (place: number) => (place === 0 ? 0 : endOfCharacter(place - 1));
  const endOfCharacter = (place: number) => {
    const i = lastUpTo(places, place);
    if (i < 0) return place + 1;
    return ends[i]! + place - places[i]!;
  };
  return {
    text,
    sourceOf: ({ start, end }) => ({ start: startOf(start), end: endOf(end) }),
    whole({ start, end }) {
      const first = lastUpTo(starts, start);
      const last = lastUpTo(starts, end - 1);
      return {
        start: first >= 0 && start < ends[first]! ? starts[first]! : start,
        end: last >= 0 ? Math.max(end, ends[last]!) : end,
      };
    },
  };
}

/** Returns the position of the last of ascending numbers that is not above `limit`; -1 for none. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
