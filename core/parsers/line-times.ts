import { dateTime } from "../events/date-time";
import { isoOfSeconds } from "./epoch-seconds";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";
import { readUtcTime } from "./utc-times";

const CLF = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Reads the time of Apache's Common Log Format, `09/Mar/2026:12:34:56 +0000`, without the brackets around it.
 *
 * @returns ms since the epoch; undefined for any other text
 */
export function readClfTime(text: string): number | undefined {
  if (text !== lastClfText) {
    lastClfMs = parsedClfTime(text);
    lastClfText = text;
  }
  return lastClfMs;
}

/** Most lines are of the second of the line before, and a line may have it for several fields. */
let lastClfText = "";
let lastClfMs: number | undefined;

function parsedClfTime(text: string): number | undefined {
  const [, day, month, year, time, zone] = CLF.exec(text) ?? [];
  const number = MONTHS.indexOf(month ?? "") + 1;
  return number === 0 ? undefined : dateTime(`${year}-${String(number).padStart(2, "0")}-${day}`, time!, "", zone)?.ms;
}

/** The same time as a text in ISO 8601, in milliseconds and with `Z`. */
export const asClfTime = withStep(
  (text: string) => {
    const ms = readClfTime(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.clfTime },
);

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Reads the time of ISO 8601, with `T` or a space before the hours.
 *
 * @returns ms since the epoch, in UTC if the text names no zone; undefined for any other text
 */
export function readIsoTime(text: string): number | undefined {
  // Most of AWS's are in UTC.
  const utc = readUtcTime(text);
  if (utc !== undefined) return utc;
  const [, date, time, fraction, zone] = ISO.exec(text) ?? [];
  return date === undefined ? undefined : dateTime(date, time!, fraction, zone)?.ms;
}

/** The same time as a text, in milliseconds and with `Z`. */
export const asIsoTime = withStep(
  (text: string) => {
    const ms = readIsoTime(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.isoTime },
);

/** @param ms since the epoch, of a year up to 9999 */
export const isoText = (ms: number): string => isoOfSeconds(Math.floor(ms / 1000), ((ms % 1000) + 1000) % 1000);
