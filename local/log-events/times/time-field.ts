import { dateTime, type OwnTime } from "./date-time";

/** Numbers below are seconds (until the year 5138), others milliseconds (since 1973). */
const SECONDS_BELOW = 1e11;
const NUMBER = /^\d{1,15}(\.\d+)?$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads the time in a field of a JSON line: ISO 8601, or seconds or milliseconds since the epoch as a number or its digits. The
 * forwarder reads `time_field` by the same rules (core/events/time-field.ts).
 *
 * @param field its name; without such a member, dots separate the names of nested objects
 */
export function timeInField(line: string, field: string): OwnTime | undefined {
  if (!/^[ \t\r\n]*\{/.test(line)) return undefined;
  try {
    return timeOf(memberOf(JSON.parse(line), field));
  } catch {
    return undefined;
  }
}

function timeOf(value: unknown): OwnTime | undefined {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return undefined;
  if (NUMBER.test(value)) return fromNumber(Number(value));
  const [, date, time, fraction, zone] = DATE_TIME.exec(value) ?? [];
  return date ? dateTime(date, time!, fraction, zone?.toUpperCase()) : undefined;
}

function fromNumber(value: number): OwnTime {
  return { ms: Math.floor(value < SECONDS_BELOW ? value * 1000 : value), isZoned: true };
}

function memberOf(object: unknown, field: string): unknown {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
  if (Object.hasOwn(object, field)) return (object as Record<string, unknown>)[field];
  const dot = field.indexOf(".");
  return dot < 0 ? undefined : memberOf((object as Record<string, unknown>)[field.slice(0, dot)], field.slice(dot + 1));
}
