import { emptyTally, openEvents, type Tally } from "./sinks/sink";

/** One line of a journal. */
export type JournalEntry =
  | { key: string; tally: Tally }
  /** Under another name, so that a version that knows only finished objects rejects the file. */
  | { key: string; unfinished: Tally };

const TALLY_NAMES = Object.keys(emptyTally()) as (keyof Tally)[];

/** Parses a line; returns undefined for one that is no entry, or whose counts are not possible. */
export function parseJournalEntry(line: string): JournalEntry | undefined {
  let entry: Partial<Record<"key" | "tally" | "unfinished", unknown>> | null;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { key, tally, unfinished } = entry ?? {};
  if (typeof key !== "string") return undefined;
  // Every event of a finished object was delivered, already indexed or rejected.
  if (isTally(tally) && unfinished === undefined) return openEvents(tally) === 0 ? { key, tally } : undefined;
  if (isTally(unfinished) && tally === undefined) return openEvents(unfinished) >= 0 ? { key, unfinished } : undefined;
  return undefined;
}

function isTally(value: unknown): value is Tally {
  const tally = (value ?? {}) as Tally;
  return TALLY_NAMES.every((name) => Number.isSafeInteger(tally[name]) && tally[name] >= 0);
}
