import type { UnreadObject } from "./archived-events";
import type { UnitComparison } from "./comparison";
import type { HourCounts } from "./counts";
import type { Finding } from "./findings";
import type { Healed } from "./heal";

/** What healing would do, in documents. */
export interface Planned {
  deliver: number;
  rewrite: number;
  remove: number;
}

/** What was found in a unit: what is left of it after healing. */
export interface UnitFindings {
  hours: readonly HourCounts[];
  named: readonly Finding[];
  /** Findings that are not named one by one. */
  unnamed: number;
  unread: readonly UnreadObject[];
  planned: Planned;
}

/** What a report has of a unit. */
export interface UnitOutcome extends UnitFindings {
  healed: Healed;
}

export const nothingHealed = (): Healed => ({ delivered: 0, removed: 0, failed: [] });

/** Adds `more` to `sum`. */
export function addHealed(sum: Healed, { delivered, removed, failed }: Healed): void {
  sum.delivered += delivered;
  sum.removed += removed;
  sum.failed.push(...failed);
}

export const findingsOf = (comparison: UnitComparison): UnitFindings => {
  const { counts, findings, unread, toDeliver, toRewrite, toRemove } = comparison;
  const planned = {
    deliver: toDeliver.size,
    rewrite: toRewrite.size,
    remove: toRemove.length - toRewrite.size,
  };
  return { hours: counts.hours, named: findings.named, unnamed: findings.unnamed, unread, planned };
};
