import { textsOf } from "./message";
import { clip, displayWidth } from "./terminal";

/** How wide a phrase may be, in columns. */
const MAX_COLUMNS = 40;

/** How much of a text is looked at, in UTF-16 code units. */
const LOOKED_AT = 10_000;

const MAX_PHRASES = 10;

/**
 * The longest token that the engines' standard analyzer makes, in UTF-16 code units, and nearly the longest text that
 * they keep whole in `<field>.keyword` (256). So these first ones of a text find it even if it is one endless word,
 * or has no word at all.
 */
const MAX_TOKEN = 255;

/** What the standard analyzer may keep in one token: a phrase must neither begin nor end between two of these. */
const PART = "[\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}\\u200d_.,:;/@+=’'-]";

/** Words that are separated by single spaces; the first one begins with a letter, so it is no time and no number. */
const WORDS = new RegExp(`(?<!${PART})(?=[\\p{L}\\p{Extended_Pictographic}])${PART}+(?: ${PART}+)*`, "gu");

/**
 * Phrases of a log event that a search may find it by, the most readable first: that a search engine finds it by one of
 * them is likely, not certain.
 */
export function phrasesOf(message: string): string[] {
  const texts = textsOf(message);
  const phrases = texts.slice(0, MAX_PHRASES).flatMap(wordsOf);
  const wholes = texts.slice(0, 1).map((text) => text.slice(0, MAX_TOKEN));
  return [...new Set([...phrases.slice(0, MAX_PHRASES), ...wholes])].filter((phrase) => phrase !== "");
}

/** A text's runs of words, cut behind a word; those of several words before those of one. */
function wordsOf(text: string): string[] {
  const runs = (text.slice(0, LOOKED_AT).match(WORDS) ?? []).slice(0, MAX_PHRASES).map(cut);
  return [...runs.filter((run) => run.includes(" ")), ...runs.filter((run) => !run.includes(" "))];
}

/** As many words as fit; of a first word that does not, as much as fits: many scripts do without spaces. */
function cut(run: string): string {
  const [first, ...words] = run.split(" ") as [string, ...string[]];
  let phrase = clip(first, MAX_COLUMNS).replace(/…$/, "");
  for (const word of words) {
    if (displayWidth(`${phrase} ${word}`) > MAX_COLUMNS) break;
    phrase += ` ${word}`;
  }
  return phrase.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+$/u, "");
}
