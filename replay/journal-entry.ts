import type { ObjectVersion } from "../archive/bucket";
import { emptyTally, openEvents, type Tally } from "./sinks/sink";

/** One line of a journal. */
export type JournalEntry = ObjectVersion &
  (
    | { tally: Tally }
    /** Under another name, so that a version that knows only finished objects rejects the file. */
    | { unfinished: Tally }
  );

const TALLY_NAMES = Object.keys(emptyTally()) as (keyof Tally)[];

/** Thrown for a line that no replay has written. The message continues after the line's number. */
export class JournalLineError extends Error {
  override readonly name = "JournalLineError";
}

/** Parses a line. @throws JournalLineError for one that is no entry, or whose counts are not possible */
export function parseJournalEntry(line: string): JournalEntry {
  const entry = membersOf(line);
  const { key, etag, tally, unfinished, ...others } = entry;
  if (typeof key !== "string" || Object.keys(others).length > 0) throw new JournalLineError("is no object's outcome");
  if (typeof etag !== "string") throw new JournalLineError("has no ETag");
  if ("tally" in entry === "unfinished" in entry) throw new JournalLineError("is not either finished or unfinished");
  // Every event of a finished object was delivered, already indexed, rejected or dropped.
  if (isTally(tally) && openEvents(tally) === 0) return { key, etag, tally };
  if (isTally(unfinished) && openEvents(unfinished) >= 0) return { key, etag, unfinished };
  throw new JournalLineError("has counts that do not add up");
}

function membersOf(line: string): Partial<Record<"key" | "etag" | "tally" | "unfinished", unknown>> {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    throw new JournalLineError("is no JSON");
  }
}

function isTally(value: unknown): value is Tally {
  const tally = (value ?? {}) as Tally;
  return (
    Object.keys(tally).length === TALLY_NAMES.length &&
    TALLY_NAMES.every((name) => Number.isSafeInteger(tally[name]) && tally[name] >= 0)
  );
}
