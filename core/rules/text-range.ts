import { REDACTED } from "../settings/redacted";

/** Where something is in a text. */
export interface TextRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Finds what is to be redacted in a text, in order, in time that grows with its length alone. */
export type TextFinder = (text: string) => readonly TextRange[];

/**
 * Returns the values behind what a pattern finds, none of which is looked for within another: a line of names alone would take time
 * that grows with the square of its length.
 *
 * @param pattern global
 * @param endOf returns where the value ends that begins at `start`; `start`: there is none
 */
export function valuesBehind(
  text: string,
  pattern: RegExp,
  endOf: (start: number, found: RegExpExecArray) => number,
): TextRange[] {
  const values: TextRange[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const start = found.index + found[0].length;
    const end = endOf(start, found);
    if (end === start) continue;
    values.push({ start, end });
    pattern.lastIndex = end;
  }
  return values;
}

/** Returns ranges as they follow one another, with those that overlap or touch as one. */
export function merged(ranges: readonly TextRange[]): TextRange[] {
  const union: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = union.at(-1);
    if (last && range.start <= last.end)
      union[union.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else union.push(range);
  }
  return union;
}

/** Returns a text without the ranges. What is redacted already stays as it is, so that redacting twice changes nothing. */
export function withoutRanges(text: string, ranges: readonly TextRange[]): string {
  let redacted = "";
  let at = 0;
  for (const { start, end } of merged(ranges)) {
    if (start === end || isRedacted(text, start, end)) continue;
    redacted += text.slice(at, start) + REDACTED;
    at = end;
  }
  return redacted + text.slice(at);
}

/** Whether a range lies within a text that replaces what was redacted. */
function isRedacted(text: string, start: number, end: number): boolean {
  if (end - start > REDACTED.length) return false;
  const from = Math.max(0, end - REDACTED.length);
  const at = text.slice(from, start + REDACTED.length).indexOf(REDACTED);
  return at >= 0 && from + at <= start;
}
