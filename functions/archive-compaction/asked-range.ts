import { CompactionError } from "../../core/compaction/compaction-error";
import { HOUR_MS } from "../../core/events/durations";
import { isObject } from "../../core/json/object";

export interface RangeSettings {
  minAgeHours: number;
  lookBackHours: number;
}

/** A time range, in ms since the epoch. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

/** A UTC time, as ISO 8601 writes it, to the hour or more exactly. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d(:\d\d(:\d\d(\.\d{1,3})?)?)?Z$/;

/**
 * Returns the range whose whole hours a run compacts. An event asks for one by `from` and `to`; what is too young is left out.
 *
 * @param event what the function is invoked with; that of a schedule asks for nothing
 * @throws CompactionError for a range that cannot be read, naming each mistake
 */
export function askedRange(event: unknown, { minAgeHours, lookBackHours }: RangeSettings, nowMs: number): TimeRange {
  const oldEnoughMs = nowMs - minAgeHours * HOUR_MS;
  const { from, to } = isObject(event) ? event : {};
  if (from === undefined && to === undefined) {
    return { fromMs: oldEnoughMs - lookBackHours * HOUR_MS, toMs: oldEnoughMs };
  }
  const [fromMs, toMs] = [timeOf(from), timeOf(to)];
  const mistakes = [
    ...(Number.isNaN(fromMs) ? [`from = ${JSON.stringify(from)}`] : []),
    ...(Number.isNaN(toMs) ? [`to = ${JSON.stringify(to)}`] : []),
    ...(toMs <= fromMs ? [`to = ${JSON.stringify(to)}, which is not after from`] : []),
  ];
  if (mistakes.length > 0) {
    const allowed = "Allowed: both, or neither; UTC times such as 2026-11-21T03:00Z.";
    throw new CompactionError("INVALID_EVENT", `The event has ${mistakes.join(" and ")}. ${allowed}`);
  }
  return { fromMs, toMs: Math.min(toMs, oldEnoughMs) };
}

const timeOf = (text: unknown): number =>
  typeof text === "string" && TIME.test(text) ? Date.parse(text.replace(/T(\d\d)Z$/, "T$1:00Z")) : Number.NaN;
