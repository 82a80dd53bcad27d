/** A part of a text, and whether it is one of the words that were looked for. */
export interface TextPart {
  readonly text: string;
  readonly isFound: boolean;
}

/** Words and phrases of free text, with what is before and after them. */
const WORD = /(-?)(?:"([^"]*)"|([^\s"()|]+))/g;

/** Returns what finds the words of a free text (see `EventSearch`) in texts; undefined: it has none. */
export function wordPattern(query: string): RegExp | undefined {
  const words = [...query.matchAll(WORD)].flatMap(([, excluded, phrase, word]) => {
    if (excluded) return [];
    const plain = phrase ?? word!.replace(/^\++|(?:~\d*)$/g, "");
    const isBeginning = phrase === undefined && plain.endsWith("*");
    const text = plain.replace(/\*+$/, "").trim();
    if (text === "") return [];
    const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
    return [`${escaped}${isBeginning ? "[\\p{L}\\p{N}_]*" : "(?![\\p{L}\\p{N}_])"}`];
  });
  return words.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join("|")})`, "giu");
}

/** Returns a text in parts. @param pattern of `wordPattern` */
export function foundParts(text: string, pattern: RegExp | undefined): TextPart[] {
  if (!pattern) return [{ text, isFound: false }];
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    if (index > at) parts.push({ text: text.slice(at, index), isFound: false });
    parts.push({ text: word, isFound: true });
    at = index + word.length;
  }
  if (at < text.length || parts.length === 0) parts.push({ text: text.slice(at), isFound: false });
  return parts;
}
