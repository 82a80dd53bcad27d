import type { FieldReader } from "./field-values";
import { NumberText } from "./parsed-message";

const UTC = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z?$/;

/**
 * Reads a time as most of AWS's lines have it, at a tenth of the cost of any form of ISO 8601: in UTC, whose `Z` may be missing.
 *
 * @returns ms since the epoch; undefined for any other text
 */
export function readUtcTime(text: string): number | undefined {
  if (!UTC.test(text)) return undefined;
  const ms = Date.parse(text.endsWith("Z") ? text : `${text}Z`);
  const day = text.slice(8, 10);
  // Date.parse reads 30 February as 2 March.
  const isDay = day <= "28" || new Date(ms).getUTCDate() === Number(day);
  return Number.isNaN(ms) || !isDay ? undefined : ms;
}

/** The same time as a text with `Z` and all digits of its second. */
export const asUtcTime: FieldReader = (text) => {
  if (readUtcTime(text) === undefined) return undefined;
  return text.endsWith("Z") ? text : `${text}Z`;
};

/**
 * The nanoseconds from one time in UTC to another, for `event.duration`.
 *
 * @returns undefined if one is no such time, or the end is before the start or more than 104 days after it
 */
export function nanosecondsBetween(start: string, end: string): NumberText | undefined {
  const [from, to] = [readUtcTime(start), readUtcTime(end)];
  if (from === undefined || to === undefined) return undefined;
  const seconds = Math.floor(to / 1000) - Math.floor(from / 1000);
  const nanoseconds = seconds * 1e9 + fraction(end) - fraction(start);
  return nanoseconds < 0 || !Number.isSafeInteger(nanoseconds) ? undefined : new NumberText(String(nanoseconds));
}

/** The digits behind a second's point, as nanoseconds. */
const fraction = (text: string) => Number(text.slice(20, text.endsWith("Z") ? -1 : undefined).padEnd(9, "0"));
