import type { OwnedIndex } from "./owned-indices";

const DAY_MS = 86_400_000;

/** What is kept. Each rule decides by itself; an index that one of them does not keep may go. 0: no such rule. */
export interface CleanUpRules {
  /** Days after the end of an index's period, 1 or more. */
  keepDays: number;
  /** The newest of each log group or shared index, the current one included. */
  keepCount: number;
  /** Percent of the disks, 1 to 100. */
  maxDiskPercent: number;
}

/** The data nodes' disks, in bytes. */
export interface Disks {
  used: number;
  total: number;
}

/** An index that a rule does not keep. */
export interface Candidate {
  index: OwnedIndex;
  rule: keyof CleanUpRules;
  /** Says why, for the log. */
  because: string;
}

/**
 * Returns the indices that may be deleted, in the order of deletion: those that are too old or too many, and then, as long as the
 * disks are too full, all others; the oldest first. `isStillNeeded` tells whether the disks are. Never the index of a current or a
 * future period, and a future one counts for nothing: an event's time may be its writer's own.
 *
 * @param indices each once
 * @param disks undefined without the rule of the disks
 * @param now in ms since the epoch
 */
export function candidates(
  indices: readonly OwnedIndex[],
  rules: CleanUpRules,
  disks: Disks | undefined,
  now: number,
): Candidate[] {
  const past = indices.filter(({ end }) => end <= now).sort(oldestFirst);
  const newer = newerIndices(indices.filter(({ start }) => start <= now));
  const { keepDays, keepCount, maxDiskPercent } = rules;
  const expired: Candidate[] = [];
  const others: Candidate[] = [];
  for (const index of past) {
    const days = ageInDays(index, now);
    const rank = newer.get(index)! + 1;
    if (keepDays > 0 && days >= keepDays) {
      expired.push({
        index,
        rule: "keepDays",
        because: `ended ${Math.floor(days)} days ago, and keep_days is ${keepDays}`,
      });
    } else if (keepCount > 0 && rank > keepCount) {
      expired.push({
        index,
        rule: "keepCount",
        because: `number ${rank} counting from the newest, and keep_count is ${keepCount}`,
      });
    } else if (maxDiskPercent > 0 && disks && index.bytes !== undefined) {
      const percent = ((100 * disks.used) / disks.total).toFixed(1);
      const because = `${percent} % of the disk space was in use, and max_disk_percent is ${maxDiskPercent}`;
      others.push({ index, rule: "maxDiskPercent", because });
    }
  }
  return [...expired, ...others];
}

/** Whether a candidate's rule still wants it deleted. @param freed bytes of the indices that this run has deleted */
export function isStillNeeded(
  { rule }: Candidate,
  rules: CleanUpRules,
  disks: Disks | undefined,
  freed: number,
): boolean {
  if (rule !== "maxDiskPercent") return true;
  return disks !== undefined && 100 * (disks.used - freed) > rules.maxDiskPercent * disks.total;
}

/** Days since the end of the index's period. */
export const ageInDays = ({ end }: OwnedIndex, now: number): number => (now - end) / DAY_MS;

const oldestFirst = (a: OwnedIndex, b: OwnedIndex): number => a.end - b.end || (a.name < b.name ? -1 : 1);

/** The number of newer indices of the same log group or shared index. */
function newerIndices(indices: readonly OwnedIndex[]): Map<OwnedIndex, number> {
  const counts = new Map<string, number>();
  const newer = new Map<OwnedIndex, number>();
  for (const index of [...indices].sort(oldestFirst).reverse()) {
    const count = counts.get(index.stem) ?? 0;
    newer.set(index, count);
    counts.set(index.stem, count + 1);
  }
  return newer;
}
