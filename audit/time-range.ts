import { HOUR_MS } from "../core/events/durations";

/** Times from `fromMs` on and before `toMs`, in ms since the epoch. */
export interface AuditRange {
  fromMs: number;
  toMs: number;
}

/** What is audited at a time: a range, or of the documents in it one part of several, by the hash of their ids. */
export interface Unit extends AuditRange {
  part: number;
  parts: number;
}

/** Hours whose ids are compared together, unless they are too many: each unit reads some hours of objects beyond its own. */
const UNIT_HOURS = 24;

/** Returns the units of a range. They end at whole hours. */
export function unitsOf({ fromMs, toMs }: AuditRange): Unit[] {
  const units: Unit[] = [];
  for (let start = fromMs; start < toMs; ) {
    const end = Math.min(toMs, (Math.floor(start / HOUR_MS) + UNIT_HOURS) * HOUR_MS);
    units.push({ fromMs: start, toMs: end, part: 0, parts: 1 });
    start = end;
  }
  return units;
}

/** Returns the halves of a unit that is too large: each half of its hours, or of one hour's ids. */
export function unitHalves(unit: Unit): Unit[] {
  const { fromMs, toMs, part, parts } = unit;
  const middle = Math.floor((fromMs + toMs) / 2 / HOUR_MS) * HOUR_MS;
  if (parts === 1 && middle > fromMs && middle < toMs) {
    return [
      { ...unit, toMs: middle },
      { ...unit, fromMs: middle },
    ];
  }
  return [part, part + parts].map((each) => ({ fromMs, toMs, part: each, parts: 2 * parts }));
}
