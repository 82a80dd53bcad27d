import type { UnreadObject } from "./archived-events";
import { HourlyCounts } from "./counts";
import { FINDING_KINDS, type Finding } from "./findings";
import type { AuditRange } from "./time-range";
import { nothingHealed, type Planned, type UnitFindings } from "./unit-outcome";

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

/** What there is beside a range in which neither archive nor index has anything that is selected. */
export interface NothingFound {
  /** Whether what is selected is known from other times, or the index settings: then it was quiet. */
  readonly isKnown: boolean;
  /** Whether the range has not begun. */
  readonly isFuture: boolean;
  /** What the archive has of the range's latest hours: encoded log groups, and streams that log groups share; undefined: of access logs. */
  readonly places?: {
    readonly logGroups: readonly string[];
    readonly streams: readonly string[];
    readonly hours: number;
  };
}

/** What an audit has found. */
export class AuditReport {
  readonly counts = new HourlyCounts();
  readonly unseen: UnseenRange[] = [];
  readonly beside: Beside[] = [];
  readonly healed = nothingHealed();
  /** Findings that are not named one by one. */
  unnamed = 0;
  /** What healing would do. */
  readonly planned: Planned = { deliver: 0, rewrite: 0, remove: 0 };
  /** What there is where nothing was found to compare. */
  nothingFound?: NothingFound;
  /** Why the audit stopped early. */
  stopped?: string;
  private readonly unreadByKey = new Map<string, UnreadObject>();

  /** @param found is told what is named */
  constructor(private readonly found: (finding: Finding) => void) {}

  /** Adds what was found in a unit. */
  add({ hours, named, unnamed, unread, planned }: UnitFindings): void {
    this.counts.add(hours);
    for (const finding of named) this.found(finding);
    this.unnamed += unnamed;
    for (const object of unread) this.unreadByKey.set(object.key, object);
    for (const name of ["deliver", "rewrite", "remove"] as const) this.planned[name] += planned[name];
  }

  /** Objects that could not be read, each once. */
  get unread(): UnreadObject[] {
    return [...this.unreadByKey.values()];
  }

  /** Whether all of archive and index was compared. */
  get isComplete(): boolean {
    return this.stopped === undefined && this.unseen.length + this.unreadByKey.size === 0;
  }

  /** Whether neither archive nor index has, or had before it was mended, anything that is selected. */
  get isEmpty(): boolean {
    const { delivered, removed, failed } = this.healed;
    return delivered + removed + failed.length === 0 && Object.values(this.counts.sum).every((count) => count === 0);
  }

  /** Whether nothing is wrong. */
  get isClean(): boolean {
    const { sum } = this.counts;
    return this.isComplete && FINDING_KINDS.every((kind) => sum[kind] === 0);
  }
}
