import type { UnreadObject } from "./archived-events";
import type { UnitComparison } from "./comparison";
import { HourlyCounts } from "./counts";
import { FINDING_KINDS, type Finding } from "./findings";
import type { Healed } from "./heal";
import type { AuditRange } from "./time-range";

/** A range of which nothing can be said. */
export interface UnseenRange extends AuditRange {
  reason: string;
}

/** Objects beside archive and index, of an hour or a day. */
export interface Beside {
  kind: "dead-letter" | "undelivered";
  /** Beginning of their keys. */
  prefix: string;
  objects: number;
}

/** What an audit has found. */
export class AuditReport {
  readonly counts = new HourlyCounts();
  readonly unseen: UnseenRange[] = [];
  readonly beside: Beside[] = [];
  readonly healed: Healed = { delivered: 0, removed: 0, failed: [] };
  /** Findings that are not named one by one. */
  unnamed = 0;
  /** What healing would do. */
  planned = { deliver: 0, rewrite: 0, remove: 0 };
  /** Why the audit stopped early. */
  stopped?: string;
  private readonly unreadByKey = new Map<string, UnreadObject>();

  /** @param found is told what is named */
  constructor(private readonly found: (finding: Finding) => void) {}

  /** Adds what was found in a unit: what is left of it after healing. */
  add({ counts, findings, unread, toDeliver, toRewrite, toRemove }: UnitComparison): void {
    this.counts.add(counts.hours);
    for (const finding of findings.named) this.found(finding);
    this.unnamed += findings.unnamed;
    for (const object of unread) this.unreadByKey.set(object.key, object);
    this.planned.deliver += toDeliver.size;
    this.planned.rewrite += toRewrite.size;
    this.planned.remove += toRemove.length - toRewrite.size;
  }

  addHealed({ delivered, removed, failed }: Healed): void {
    this.healed.delivered += delivered;
    this.healed.removed += removed;
    this.healed.failed.push(...failed);
  }

  /** Objects that could not be read, each once. */
  get unread(): UnreadObject[] {
    return [...this.unreadByKey.values()];
  }

  /** Whether all of archive and index was compared. */
  get isComplete(): boolean {
    return this.stopped === undefined && this.unseen.length + this.unreadByKey.size === 0;
  }

  /** Whether nothing is wrong. */
  get isClean(): boolean {
    const { sum } = this.counts;
    return this.isComplete && FINDING_KINDS.every((kind) => sum[kind] === 0);
  }
}
