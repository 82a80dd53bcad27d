import { dateTime, type OwnTime } from "../../../core/events/date-time";
import { LIMITS } from "../../../tools/put-log-events";

/** A format of times at the beginning of lines. */
export interface TimeFormat {
  readonly name: string;
  readonly example: string;
  readonly pattern: RegExp;
  /** @returns undefined for an invalid date or time */
  read(match: RegExpExecArray, now: number): OwnTime | undefined;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(${MONTHS.join("|")})`;
const TIME = "(\\d\\d:\\d\\d:\\d\\d)";
/** After a space an offset has four digits: `10:00:00 -12` may be anything. */
const ZONE = "(Z|[+-]\\d\\d(?::?\\d\\d)?| ?(?:Z|UTC|GMT)| ?[+-]\\d\\d:?\\d\\d)?";
const END = "(?!\\w)";

/** Recognized formats, each also in square brackets. */
export const TIME_FORMATS: readonly TimeFormat[] = [
  {
    name: "ISO 8601, RFC 3339",
    example: "2026-11-26T10:00:00.123+01:00",
    pattern: new RegExp(
      `^\\[?(\\d{4})([-/])(\\d\\d)\\2(\\d\\d)[T \\t](\\d\\d:\\d\\d(?::\\d\\d|(?!:)))(?:[.,](\\d+))?${ZONE}${END}`,
      "i",
    ),
    read: ([, year, , month, day, time, fraction, zone]) =>
      dateTime(`${year}-${month}-${day}`, time!, fraction, zone?.trim().toUpperCase()),
  },
  {
    name: "access logs: Common Log Format and its derivatives",
    example: "26/Nov/2026:10:00:00 +0000",
    pattern: new RegExp(
      `^(?:(?:[^\\s[]\\S* ){1,4}\\[|\\[?)(\\d\\d)/${MONTH}/(\\d{4}):${TIME}(?:\\.(\\d+))?(?: ([+-]\\d{4}))?${END}`,
    ),
    read: ([, day, month, year, time, fraction, zone]) =>
      dateTime(`${year}-${monthNumber(month!)}-${day}`, time!, fraction, zone),
  },
  {
    name: "syslog, without a year",
    example: "Nov 26 10:00:00",
    pattern: new RegExp(`^\\[?(?:<\\d{1,3}>)?${MONTH} {1,2}(\\d{1,2}) ${TIME}(?:\\.(\\d+))?${END}`),
    read: ([, month, day, time, fraction], now) => {
      const thisYear = new Date(now).getUTCFullYear();
      // 29 February comes every 4 years, or 8.
      for (let year = thisYear + 1; year >= thisYear - 8; year--) {
        const own = dateTime(`${year}-${monthNumber(month!)}-${day!.padStart(2, "0")}`, time!, fraction);
        if (own && own.ms <= now + LIMITS.maxAheadMs) return own;
      }
      return undefined;
    },
  },
  {
    name: "seconds or milliseconds since 1970, within the times that CloudWatch Logs accepts",
    example: "1795687200.123",
    pattern: /^\[?(?:(\d{10})(?:\.(\d{1,9}))?|(\d{13}))(?=[\s\],;|]|$)/,
    read: ([, seconds, fraction = "", milliseconds], now) => {
      const ms = milliseconds
        ? Number(milliseconds)
        : Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
      // Outside this range, it is more likely another number of as many digits.
      return isAccepted(ms, now) ? { ms, isZoned: true } : undefined;
    },
  },
];

/** Longer than every format with its prefix. */
const HEAD = 512;

/** Reads the time at the beginning of a line, in one of {@link TIME_FORMATS}. @param now milliseconds since the epoch */
export function timeAtStart(line: string, now: number): OwnTime | undefined {
  const head = line.length > HEAD ? line.slice(0, HEAD) : line;
  for (const { pattern, read } of TIME_FORMATS) {
    const match = pattern.exec(head);
    if (match) return read(match, now);
  }
  return undefined;
}

/** Whether CloudWatch Logs accepts an event of this time, with a minute to spare for the call. */
export function isAccepted(ms: number, now: number): boolean {
  return !isTooOld(ms, now) && ms <= now + LIMITS.maxAheadMs;
}

/** Whether CloudWatch Logs rejects an event of this time as too old. */
export function isTooOld(ms: number, now: number): boolean {
  return ms < now - LIMITS.maxAgeMs + 60_000;
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name) + 1).padStart(2, "0");
}
