import type { OwnTime } from "../../../core/events/date-time";
import { timeInField } from "../../../core/events/time-field";
import { isAccepted, isTooOld, timeAtStart } from "./line-start";

/** Number of lines by the origin of their time. */
export interface TimeCounts {
  /** Their own time, or that of the last earlier line with one. */
  own: number;
  /** Of `own`: those with the time of an earlier line. */
  inherited: number;
  /** Time of the put, because their own is too old. */
  tooOld: number;
  /** Time of the put, because their own is too far in the future. */
  tooNew: number;
  /** Time of the put, because neither they nor an earlier line have one. */
  none: number;
  /** Of `none`: lines that look like JSON. */
  json: number;
  /** Lines whose own time has no offset from UTC. */
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
 * Assigns times to the lines of one file. A line without a time gets that of the last earlier line with one, as in the
 * CloudWatch Logs agent (CloudWatch Logs User Guide, "CloudWatch Logs agent reference": datetime_format).
 */
export class LineTimes {
  readonly counts = noTimes();
  readonly #field: string | undefined;
  #last: OwnTime | undefined;

  /** @param field of JSON lines that contains the time @default none */
  constructor(field?: string) {
    this.#field = field;
  }

  /**
   * Returns the next line's time, in milliseconds since the epoch.
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
    if (!isAccepted(ms, now)) {
      this.counts[isTooOld(ms, now) ? "tooOld" : "tooNew"]++;
      return now;
    }
    this.counts.own++;
    if (!own) this.counts.inherited++;
    return ms;
  }
}
