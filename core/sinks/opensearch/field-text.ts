import { isDateLike } from "./date-like";

/** What JSON escapes, and what has no UTF-8 form by itself: all but the printable characters below the surrogates. */
const SPECIAL = /["\\]|[^ -\ud7ff\ue000-\uffff]/;

/** Most texts are what they are in JSON, which takes a fraction of the time to see. */
export const jsonQuoted = (text: string): string =>
  SPECIAL.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;

/**
 * As `jsonQuoted`, at a third of its cost.
 *
 * @param text in which nothing but quotes is to be escaped
 */
export function quotesEscaped(text: string): string {
  let json = '"';
  let from = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', from)) {
    json += `${text.slice(from, at)}\\"`;
    from = at + 1;
  }
  return `${json}${from === 0 ? text : text.slice(from)}"`;
}

/**
 * Whether a text may be a date or a number to an engine, by its first character: most begin with a letter.
 */
export function mayBeDateOrNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  return first <= 0x39 || first >= 0x80;
}

/**
 * Returns the JSON string of a text that the pipeline writes itself. A text that is only a date gets a line break: in an index without
 * the template a field would be one of dates after it, and take no other text.
 */
export const fieldText = (text: string): string => jsonQuoted(isOnlyDate(text) ? `${text}\n` : text);

/** As `fieldText`. @param text in which nothing but quotes is to be escaped */
export const verbatimFieldText = (text: string): string => (isOnlyDate(text) ? fieldText(text) : quotesEscaped(text));

/** Whether an engine may take a text for a date, as a whole. */
export const isOnlyDate = (text: string): boolean => mayBeDateOrNumber(text) && isDateLike(text);
