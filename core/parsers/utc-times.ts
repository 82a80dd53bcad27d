import { NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

const DAY = /^\d{4}-\d\d-\d\dT/;

/** Most lines are of the day of the line before: `YYYY-MM-DDT`. */
let lastDay = "0000-00-00T";
let lastDayMs: number | undefined;

/** @returns the beginning of a time's day, in ms since the epoch; undefined if there is no such day */
function dayMs(text: string): number | undefined {
  if (text.startsWith(lastDay)) return lastDayMs;
  if (!DAY.test(text)) return undefined;
  // Copied: a part of the text would keep all of its line in memory.
  lastDay = `${text.slice(0, 10)}T`;
  const ms = Date.parse(`${lastDay}00:00:00Z`);
  // Date.parse reads 30 February as 2 March.
  const isDay = new Date(ms).getUTCDate() === Number(text.slice(8, 10));
  lastDayMs = Number.isNaN(ms) || !isDay ? undefined : ms;
  return lastDayMs;
}

const [DOT, COLON, LETTER_Z, ZERO] = [0x2e, 0x3a, 0x5a, 0x30];

/** The value of a digit; NaN for any other character. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

const twoDigits = (text: string, at: number) => 10 * digitAt(text, at) + digitAt(text, at + 1);

/** Whether a time ends after its seconds as it may: with up to 9 digits behind a dot, and with `Z`. */
function hasEnd(text: string): boolean {
  const end = text.charCodeAt(text.length - 1) === LETTER_Z ? text.length - 1 : text.length;
  if (end === 19) return true;
  if (end < 21 || end > 29 || text.charCodeAt(19) !== DOT) return false;
  for (let at = 20; at < end; at++) if (Number.isNaN(digitAt(text, at))) return false;
  return true;
}

/**
 * Reads a time as most of AWS's lines have it, at a tenth of the cost of any form of ISO 8601: in UTC, whose `Z` may be missing.
 *
 * @returns ms since the epoch; undefined for any other text
 */
export function readUtcTime(text: string): number | undefined {
  const day = dayMs(text);
  if (day === undefined || text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON || !hasEnd(text))
    return undefined;
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  // NaN is none.
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  return day + 1000 * (3600 * hour + 60 * minute + second) + Math.floor(fraction(text) / 1e6);
}

/** The same time as a text with `Z` and all digits of its second. */
export const asUtcTime = withStep(
  (text: string) => {
    if (readUtcTime(text) === undefined) return undefined;
    return text.endsWith("Z") ? text : `${text}Z`;
  },
  { op: SpanOp.utcTime },
);

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
function fraction(text: string): number {
  let nanoseconds = 0;
  let unit = 1e8;
  for (let i = 20; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    // The `Z`.
    if (digit > 9) break;
    nanoseconds += unit * digit;
    unit /= 10;
  }
  return nanoseconds;
}
