import { DAY_MS, HOUR_MS } from "./durations";
import { type IndexLayouts, indexNameOf, layoutAt } from "./index-layout";

/** A span of time whose events, of one log group, are in one index. It lies within one day in UTC, as a date in text does. */
export interface IndexSlot {
  readonly index: string;
  /** In ms since the epoch. */
  readonly from: number;
  /** Exclusive, in ms since the epoch. */
  readonly until: number;
}

/** Finds the slots of one log group's events. It keeps the last: naming an index for each event takes longer than copying an event. */
export class IndexSlots {
  #last: IndexSlot = { index: "", from: 0, until: 0 };

  constructor(
    private readonly layouts: IndexLayouts,
    private readonly logGroup: string,
  ) {}

  /** @param time the event's own, in ms since the epoch, so that a retry agrees */
  at(time: number): IndexSlot {
    const { from, until } = this.#last;
    if (time < from || time >= until) this.#last = this.#slotAt(time);
    return this.#last;
  }

  #slotAt(time: number): IndexSlot {
    const length = layoutAt(this.layouts, time).period === "hour" ? HOUR_MS : DAY_MS;
    let from = Math.floor(time / length) * length;
    let until = from + length;
    for (const { until: boundary } of this.layouts.earlier) {
      if (boundary <= time) from = Math.max(from, boundary);
      else until = Math.min(until, boundary);
    }
    return { index: indexNameOf(this.layouts, this.logGroup, time), from, until };
  }
}
