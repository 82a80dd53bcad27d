import type { AuditRange, Unit } from "../../audit/time-range";
import { HOUR_MS } from "../../core/events/durations";

/** Hours whose ids are compared together: each unit reads some hours of objects beyond its own, and what the time ends is lost. */
const UNIT_HOURS = 6;

/** The hours of a run, and how far they are. */
export class ComparedHours {
  /** Of each hour, the share of its ids that was compared: 1 is all. */
  private readonly shares = new Map<number, number>();

  /** @param range whole hours */
  constructor(private readonly range: AuditRange) {
    for (const hourMs of hoursOf(range)) this.shares.set(hourMs, 0);
  }

  /** What is compared one after the other: the newest first, which no later run looks at otherwise. */
  get units(): Unit[] {
    const units: Unit[] = [];
    for (let toMs = this.range.toMs; toMs > this.range.fromMs; toMs -= UNIT_HOURS * HOUR_MS) {
      units.push({ fromMs: Math.max(this.range.fromMs, toMs - UNIT_HOURS * HOUR_MS), toMs, part: 0, parts: 1 });
    }
    return units;
  }

  /** A unit is compared, or cannot be. Parts are halves of halves, so their shares are exact. */
  ended(unit: Unit): void {
    for (const hourMs of hoursOf(unit)) this.shares.set(hourMs, this.shares.get(hourMs)! + 1 / unit.parts);
  }

  /** Returns the hours that are not compared. @param unseen ranges that ended without */
  missing(unseen: readonly AuditRange[]): number[] {
    const isUnseen = (hourMs: number) => unseen.some(({ fromMs, toMs }) => fromMs <= hourMs && hourMs < toMs);
    return [...this.shares].flatMap(([hourMs, share]) => (share < 1 || isUnseen(hourMs) ? [hourMs] : []));
  }

  get count(): number {
    return this.shares.size;
  }
}

const hoursOf = ({ fromMs, toMs }: AuditRange): number[] =>
  Array.from({ length: (toMs - fromMs) / HOUR_MS }, (_, i) => fromMs + i * HOUR_MS);
