import { memberOf, parsedObject } from "../json/object";
import { dateTime, type OwnTime } from "./date-time";
import { MAX_EVENT_AGE_MS, MAX_EVENT_AHEAD_MS } from "./limits";

/** Numbers below are seconds (until the year 5138), others milliseconds (since 1973). */
const SECONDS_BELOW = 1e11;

const NUMBER = /^\d{1,15}(\.\d+)?$/;

/** ISO 8601 date and time; UTC without a zone. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Where loggers write the time of a line: ECS, JSON layouts of Java, .NET and CloudWatch's agents, pino and bunyan; the first that has one counts. */
const KNOWN_FIELDS = ["@timestamp", "timestamp", "Timestamp", "time"];

/**
 * Reads an event's time in `field` of `message`, as `timeInField` does. Allowed are times from 14 days before the arrival to 2
 * hours after it: others would create any number of indices, and no replay would look for them.
 *
 * @param field "": the names that loggers use
 * @param arrival in milliseconds since the epoch
 * @returns milliseconds since the epoch; undefined without such a time
 */
export function timeIn(message: string, field: string, arrival: number): number | undefined {
  const fields = field === "" ? KNOWN_FIELDS : [field];
  // Spares parsing lines that have none.
  if (field === "" && !fields.some((name) => message.includes(`"${name}"`))) return undefined;
  const object = parsedObject(message);
  for (const name of fields) {
    const ms = timeOfMember(object, name)?.ms ?? Number.NaN;
    if (ms >= arrival - MAX_EVENT_AGE_MS && ms <= arrival + MAX_EVENT_AHEAD_MS) return ms;
  }
  return undefined;
}

/**
 * Reads the time in `field` of `message`, a JSON object: ISO 8601, or a number (or its digits) of seconds or milliseconds since
 * the epoch.
 *
 * @param field its name; where the object has none of the name, dots lead into objects
 * @returns undefined without a time
 */
export const timeInField = (message: string, field: string): OwnTime | undefined =>
  timeOfMember(parsedObject(message), field);

function timeOfMember(object: unknown, field: string): OwnTime | undefined {
  const value = memberOf(object, field);
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return undefined;
  if (NUMBER.test(value)) return fromNumber(Number(value));
  const [, date, time, fraction, zone] = DATE_TIME.exec(value) ?? [];
  return date ? dateTime(date, time!, fraction, zone?.toUpperCase()) : undefined;
}

function fromNumber(number: number): OwnTime {
  return { ms: Math.floor(number < SECONDS_BELOW ? number * 1000 : number), isZoned: true };
}
