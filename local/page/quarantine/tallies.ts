import type { ShownEntry } from "./read-object";
import { OTHER_REASON, type SharedReason, sharedReason } from "./reasons";

/** What the entries of an object that have a reason and an origin in common are. */
export interface ReasonTally {
  readonly reason: SharedReason;
  readonly origin: string;
  readonly isUnreadable: boolean;
  entries: number;
  events: number;
  latest: number | undefined;
  /** Of the times that a replay selects by. */
  from: number | undefined;
  to: number | undefined;
  /** Of the documents of its events, as many as are remembered. */
  readonly ids: string[];
  /** The ids that were looked for, and whether the index had each: by their positions. */
  readonly found: boolean[];
}

/** Of one object. */
const MAX_TALLIES = 100;

/** Of all objects: whoever logs can make reasons. */
const MAX_REASONS = 1_000;

/** Sums up objects; reasons that occur in many are in memory once. */
export class Tallying {
  readonly #reasons = new Map<string, SharedReason>();

  /** @param maxIds that may be remembered */
  tally(entries: readonly ShownEntry[], maxIds: number): ReasonTally[] {
    const tallies = new Map<string, ReasonTally>();
    let idsLeft = maxIds;
    for (const entry of entries) {
      const tally = this.#tallyOf(entry, tallies);
      tally.entries++;
      tally.events += entry.events;
      tally.latest = latest(tally.latest, entry.at);
      tally.to = latest(tally.to, entry.to);
      tally.from = earliest(tally.from, entry.from);
      for (const id of entry.ids) if (idsLeft-- > 0) tally.ids.push(id);
    }
    return [...tallies.values()];
  }

  /** Returns the reason that an entry is counted by. */
  reasonOf({ reason }: Pick<ShownEntry, "reason">): SharedReason {
    const shared = sharedReason(reason);
    const known = this.#reasons.get(shared.id);
    if (known) return known;
    if (this.#reasons.size >= MAX_REASONS) return OTHER_REASON;
    this.#reasons.set(shared.id, shared);
    return shared;
  }

  #tallyOf(entry: ShownEntry, tallies: Map<string, ReasonTally>): ReasonTally {
    const isUnreadable = entry.isUnreadable === true;
    const tallyFor = (reason: SharedReason, origin: string): ReasonTally => ({
      ...{ reason, origin, isUnreadable, entries: 0, events: 0, latest: undefined, from: undefined, to: undefined },
      ...{ ids: [], found: [] },
    });
    const reason = this.reasonOf(entry);
    const key = `${reason.id} ${entry.origin}`;
    const known = tallies.get(key);
    if (known) return known;
    const isFull = tallies.size >= MAX_TALLIES;
    const other = tallies.get(OTHER_REASON.id);
    if (isFull && other) return other;
    const tally = isFull ? tallyFor(OTHER_REASON, "") : tallyFor(reason, entry.origin);
    tallies.set(isFull ? OTHER_REASON.id : key, tally);
    return tally;
  }
}

export const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

export const earliest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
