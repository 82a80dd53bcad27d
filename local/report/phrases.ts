import { textsOf } from "./message";
import { clip, displayWidth } from "./terminal";

/** Maximum width of a phrase, in columns. */
const MAX_COLUMNS = 40;

/** How much of a text is scanned, in UTF-16 code units. */
const MAX_SCANNED = 10_000;

const MAX_PHRASES = 10;

/** Words that a phrase has which is the end of a line. */
const END_WORDS = 3;

/**
 * The longest token of the engines' standard analyzer, in UTF-16 code units, and nearly the longest text that
 * `<field>.keyword` keeps whole (256). So the beginning of a text finds it even if it is one endless word or has no word.
 */
const MAX_TOKEN = 255;

/** Characters that the standard analyzer may keep in one token: a phrase must not begin or end between two of them. */
const PART = "[\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}\\u200d_.,:;/@+=’'-]";

/** Words separated by single spaces. The first begins with a letter, so it is neither a time nor a number. */
const WORDS = new RegExp(`(?<!${PART})(?=[\\p{L}\\p{Extended_Pictographic}])${PART}+(?: ${PART}+)*`, "gu");

/**
 * Returns phrases of a log event to search for, most readable first. A search engine likely finds the event by one of them, but not
 * certainly.
 */
export function phrasesOf(message: string): string[] {
  const texts = textsOf(message);
  const phrases = texts.slice(0, MAX_PHRASES).flatMap(wordsOf);
  const ends = texts.slice(0, 1).flatMap(endOf);
  const wholes = texts.slice(0, 1).map((text) => text.slice(0, MAX_TOKEN));
  return [...new Set([...phrases.slice(0, MAX_PHRASES), ...ends, ...wholes])].filter((phrase) => phrase !== "");
}

/** Runs of words in a text, cut after a word; runs of several words come before single words. */
function wordsOf(text: string): string[] {
  const runs = (text.slice(0, MAX_SCANNED).match(WORDS) ?? []).slice(0, MAX_PHRASES).map(cut);
  return [...runs.filter((run) => run.includes(" ")), ...runs.filter((run) => !run.includes(" "))];
}

/** The last words of a text's first line: a parser may have made fields of those before. */
function endOf(text: string): string[] {
  const [line] = text.slice(0, MAX_SCANNED).split("\n", 1);
  const run = line!.match(WORDS)?.at(-1);
  return run === undefined ? [] : [cut(run.split(" ").slice(-END_WORDS).join(" "))];
}

/** As many words as fit, or the beginning of the first word: many scripts have no spaces. */
function cut(run: string): string {
  const [first, ...words] = run.split(" ") as [string, ...string[]];
  let phrase = clip(first, MAX_COLUMNS).replace(/…$/, "");
  for (const word of words) {
    if (displayWidth(`${phrase} ${word}`) > MAX_COLUMNS) break;
    phrase += ` ${word}`;
  }
  return phrase.replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+$/u, "");
}
