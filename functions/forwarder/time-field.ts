import { isObject, parsedObject } from "./json-object";

/** No time that a document can have: the record's arrival is put in its place. */
export const NO_TIME = -1;

/** Seconds up to here (the year 5138), milliseconds from here on (1973). */
const SECONDS_BELOW = 1e11;

const NUMBER = /^\d{1,15}(\.\d+)?$/;

/** ISO 8601 with date and time; without a zone it is UTC. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * The time that `message`, a JSON object, holds in `field`, in milliseconds since the epoch. It may be ISO 8601, or a
 * number (or its digits) of seconds or milliseconds since the epoch.
 *
 * @param field its name; where the object has none of the name, dots lead into objects
 * @returns `NO_TIME` where there is no such time
 */
export function timeIn(message: string, field: string): number {
  const value = memberOf(parsedObject(message), field);
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
  const ms = Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`);
  return Number.isNaN(ms) ? NO_TIME : ms;
}
