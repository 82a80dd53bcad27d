/** What an audit counts of the events of an hour and a log group. */
export interface AuditCounts {
  /** In the archive, and indexed by today's settings. */
  archived: number;
  /** In the archive, and left out by today's rules, or joined to another. */
  leftOut: number;
  /** In `rejected/`, and not in the index. */
  rejected: number;
  /** In the index, each once. */
  indexed: number;
  missing: number;
  duplicate: number;
  extra: number;
  altered: number;
}

export const noAuditCounts = (): AuditCounts => ({
  ...{ archived: 0, leftOut: 0, rejected: 0, indexed: 0 },
  ...{ missing: 0, duplicate: 0, extra: 0, altered: 0 },
});

/** Adds `more` to `sum`. */
export function addEvents(sum: AuditCounts, more: AuditCounts): void {
  for (const name of Object.keys(sum) as (keyof AuditCounts)[]) sum[name] += more[name];
}

/** The events of an hour and a log group. */
export interface HourCounts {
  /** Beginning of the hour, in ms since the epoch. */
  hourMs: number;
  /** Whose name the events' index has. */
  logGroup: string;
  counts: AuditCounts;
}

/** Counts events by hour and log group. */
export class HourlyCounts {
  readonly hours: HourCounts[] = [];
  private readonly numbers = new Map<string, number>();

  /** Returns the number of an hour and a log group in `hours`. @param hourMs the beginning of the hour, in ms since the epoch */
  numberOf(hourMs: number, logGroup: string): number {
    const key = `${hourMs} ${logGroup}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.hours.length);
    return this.hours.push({ hourMs, logGroup, counts: noAuditCounts() }) - 1;
  }

  /** Adds other counts. */
  add(hours: readonly HourCounts[]): void {
    for (const { hourMs, logGroup, counts } of hours) addEvents(this.at(this.numberOf(hourMs, logGroup)), counts);
  }

  at(number: number): AuditCounts {
    return this.hours[number]!.counts;
  }

  get sum(): AuditCounts {
    const sum = noAuditCounts();
    for (const { counts } of this.hours) addEvents(sum, counts);
    return sum;
  }
}
