import { isObject, parsedObject } from "../json/object";

/** A time that no document can have: `completed` replaces it with the record's arrival. */
export const NO_TIME = -1;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Seconds up to here (the year 5138), milliseconds from here on (1973). */
const SECONDS_BELOW = 1e11;

const NUMBER = /^\d{1,15}(\.\d+)?$/;

/** ISO 8601 date and time; UTC without a zone. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads the time in `field` of `message`, a JSON object, in milliseconds since the epoch. Allowed are ISO 8601
 * and a number (or its digits) of seconds or milliseconds since the epoch, from 14 days before the arrival to 2 hours after it:
 * other times would create any number of indices, and no replay would look for them.
 *
 * Source of the bounds: CloudWatch Logs API Reference, "PutLogEvents".
 *
 * @param field its name; where the object has none of the name, dots lead into objects
 * @param arrival in milliseconds since the epoch
 * @returns `NO_TIME` where there is no such time
 */
export function timeIn(message: string, field: string, arrival: number): number {
  const time = timeOf(memberOf(parsedObject(message), field));
  return time >= arrival - 14 * DAY_MS && time <= arrival + 2 * HOUR_MS ? time : NO_TIME;
}

function timeOf(value: unknown): number {
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return NO_TIME;
  return NUMBER.test(value) ? fromNumber(Number(value)) : fromDateTime(value);
}

function memberOf(object: unknown, field: string): unknown {
  if (!isObject(object)) return undefined;
  if (Object.hasOwn(object, field)) return object[field];
  const dot = field.indexOf(".");
  return dot < 0 ? undefined : memberOf(object[field.slice(0, dot)], field.slice(dot + 1));
}

function fromNumber(number: number): number {
  return Math.floor(number < SECONDS_BELOW ? number * 1000 : number);
}

function fromDateTime(text: string): number {
  const [, date, time, fraction = "", zone = "Z"] = DATE_TIME.exec(text) ?? [];
  if (!date) return NO_TIME;
  const offset = zone.length === 3 ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${date}T${time!.padEnd(8, ":00")}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`);
  // Date.parse reads 30 February as 2 March.
  const isDay = new Date(`${date}T00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(ms) || !isDay ? NO_TIME : ms;
}
