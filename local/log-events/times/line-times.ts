import type { OwnTime } from "./date-time";
import { isTaken, isTooOld, timeAtStart } from "./line-start";
import { timeInField } from "./time-field";

/** How many lines got which time. */
export interface TimeCounts {
  /** Their own, or that of the last line before them that has one. */
  own: number;
  /** Of these: those with that of the last line before them. */
  inherited: number;
  /** The time of the put: their own is too old. */
  tooOld: number;
  /** The time of the put: their own is too far ahead. */
  tooNew: number;
  /** The time of the put: neither they nor a line before them has one. */
  none: number;
  /** Of `none`: lines that look like JSON. */
  json: number;
  /** Lines with a time of their own without a distance from UTC. */
  unzoned: number;
}

export const noTimes = (): TimeCounts => ({
  own: 0,
  inherited: 0,
  tooOld: 0,
  tooNew: 0,
  none: 0,
  json: 0,
  unzoned: 0,
});

/**
 * Gives the lines of one file their times. A line without a time of its own takes that of the last line before it that had
 * one, as the CloudWatch Logs agent does (CloudWatch Logs User Guide, "CloudWatch Logs agent reference": datetime_format).
 */
export class LineTimes {
  readonly counts = noTimes();
  readonly #field: string | undefined;
  #last: OwnTime | undefined;

  /** @param field that holds the time in lines of JSON @default none */
  constructor(field?: string) {
    this.#field = field;
  }

  /**
   * The line's time, in milliseconds since the epoch.
   *
   * @param now the time of the put
   */
  next(line: string, now: number): number {
    const own = (this.#field ? timeInField(line, this.#field) : undefined) ?? timeAtStart(line, now);
    if (own && !own.isZoned) this.counts.unzoned++;
    this.#last = own ?? this.#last;
    if (!this.#last) {
      this.counts.none++;
      if (line.startsWith("{")) this.counts.json++;
      return now;
    }
    const { ms } = this.#last;
    if (!isTaken(ms, now)) {
      this.counts[isTooOld(ms, now) ? "tooOld" : "tooNew"]++;
      return now;
    }
    this.counts.own++;
    if (!own) this.counts.inherited++;
    return ms;
  }
}
