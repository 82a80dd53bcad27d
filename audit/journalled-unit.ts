import { isObject } from "../core/json/object";
import { noAuditCounts } from "./counts";
import { FINDING_KINDS } from "./findings";
import type { AuditRange, Unit } from "./time-range";
import type { UnitOutcome } from "./unit-outcome";

/** One line of a journal. */
export interface JournalledUnit {
  unit: Unit;
  /** Undefined for a unit that was too large, and is compared in halves. */
  outcome?: UnitOutcome;
}

/** Thrown for a line that no audit of the range has written. The message continues after the line's number. */
export class UnitLineError extends Error {
  override readonly name = "UnitLineError";
}

/** Parses a line. @throws UnitLineError for one that is no unit of the range, or has findings that none can have */
export function parseJournalledUnit(line: string, { fromMs, toMs }: AuditRange): JournalledUnit {
  const { unit, outcome, ...others } = membersOf(line);
  if (!isUnit(unit) || Object.keys(others).length > 0) throw new UnitLineError("is no unit of hours");
  if (unit.fromMs < fromMs || unit.toMs > toMs) throw new UnitLineError("has hours that the audit does not");
  if (outcome === undefined) return { unit };
  if (!isOutcome(outcome)) throw new UnitLineError("has no findings that an audit can have");
  return { unit, outcome };
}

function membersOf(line: string): Record<string, unknown> {
  try {
    const value = JSON.parse(line);
    if (isObject(value)) return value;
  } catch {
    throw new UnitLineError("is no JSON");
  }
  throw new UnitLineError("is no unit of hours");
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const areCounts = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && Object.keys(value).length === names.length && names.every((name) => isCount(value[name]));

function isUnit(value: unknown): value is Unit {
  if (!isObject(value)) return false;
  const { fromMs, toMs, part, parts } = value as Partial<Record<keyof Unit, unknown>>;
  const areNumbers = [fromMs, toMs].every(Number.isSafeInteger) && isCount(part) && isCount(parts);
  return areNumbers && (fromMs as number) < (toMs as number) && part < parts;
}

const isList = (value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => isObject(item) && isItem(item));

const isText = (value: unknown): boolean => typeof value === "string";
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);

function isOutcome(value: unknown): value is UnitOutcome {
  if (!isObject(value)) return false;
  const { hours, named, unnamed, unread, planned, healed } = value;
  const areUnread = (objects: unknown) => isList(objects, ({ key, reason }) => isText(key) && isText(reason));
  return (
    isList(hours, isHour) &&
    isList(named, isFinding) &&
    isCount(unnamed) &&
    areUnread(unread) &&
    areCounts(planned, ["deliver", "rewrite", "remove"]) &&
    isObject(healed) &&
    isCount(healed.delivered) &&
    isCount(healed.removed) &&
    areUnread(healed.failed)
  );
}

const COUNTS = Object.keys(noAuditCounts());

const isHour = ({ hourMs, logGroup, counts }: Record<string, unknown>): boolean =>
  Number.isSafeInteger(hourMs) && isText(logGroup) && areCounts(counts, COUNTS);

const isFinding = ({ kind, index, id, timeMs, logGroup, object }: Record<string, unknown>): boolean =>
  (FINDING_KINDS as readonly unknown[]).includes(kind) &&
  isText(index) &&
  isText(id) &&
  (timeMs === undefined || Number.isSafeInteger(timeMs)) &&
  isTextOrNone(logGroup) &&
  isTextOrNone(object);
