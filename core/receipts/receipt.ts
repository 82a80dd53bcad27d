import { type Halves, halvesDifference, halvesSum } from "./id-hash";

/** Whose events are counted, by the documents: `cloud.account.id` and `aws.cloudwatch.log_group`. */
export interface ReceiptPlace {
  readonly account: string;
  readonly logGroup: string;
}

/** What became of events of one account and log group whose `@timestamp` is in one hour. */
export interface EventCounts {
  /** Since the epoch. */
  readonly hour: number;
  /** Those that have documents: indexed, or rejected. One that others were joined to counts once. */
  readonly events: number;
  /** The sum of the hashes of their ids. */
  readonly fingerprint: Halves;
  /** Those that rules left out. */
  readonly dropped: number;
  readonly sampledOut: number;
  /** Those that became a part of another. */
  readonly joined: number;
}

export interface ReceiptRow extends ReceiptPlace, EventCounts {}

/** What is added up, of one hour. */
interface Sum {
  hour: number;
  events: number;
  fingerprint: Halves;
  dropped: number;
  sampledOut: number;
  joined: number;
}

/** Returns an hour of which nothing is counted yet. */
export const noEvents = (hour: number): Sum => ({
  ...{ hour, events: 0, fingerprint: { high: 0, low: 0 } },
  ...{ dropped: 0, sampledOut: 0, joined: 0 },
});

/**
 * What an object of the archive holds, by account, log group and hour of the events' own times. Receipts can be added and subtracted:
 * what an archive object has and the object of the same name under `rejected/` has not is in the index.
 */
export class Receipt {
  /** By account, then log group, then hour. */
  readonly #accounts = new Map<string, Map<string, Map<number, Sum>>>();
  /** Most counts that follow one another are of one log group, and of one hour. */
  #account: string | undefined;
  #logGroup = "";
  #hours = new Map<number, Sum>();
  #last: Sum = noEvents(-1);

  add(place: ReceiptPlace, counts: EventCounts): void {
    const sum = this.#sumOf(place, counts.hour);
    sum.fingerprint = halvesSum(sum.fingerprint, counts.fingerprint);
    count(sum, counts, 1);
  }

  /** A count becomes negative where more is subtracted than there was. */
  subtract(place: ReceiptPlace, counts: EventCounts): void {
    const sum = this.#sumOf(place, counts.hour);
    sum.fingerprint = halvesDifference(sum.fingerprint, counts.fingerprint);
    count(sum, counts, -1);
  }

  addAll(other: Receipt): void {
    for (const row of other.rows()) this.add(row, row);
  }

  subtractAll(other: Receipt): void {
    for (const row of other.rows()) this.subtract(row, row);
  }

  /** Whether nothing was ever counted. */
  get isEmpty(): boolean {
    return this.#accounts.size === 0;
  }

  /** By hour, account and log group. */
  rows(): ReceiptRow[] {
    const rows: ReceiptRow[] = [];
    for (const [account, logGroups] of this.#accounts)
      for (const [logGroup, hours] of logGroups)
        for (const sum of hours.values()) rows.push({ account, logGroup, ...sum });
    return rows.sort((a, b) => a.hour - b.hour || compared(a.account, b.account) || compared(a.logGroup, b.logGroup));
  }

  #sumOf({ account, logGroup }: ReceiptPlace, hour: number): Sum {
    if (logGroup !== this.#logGroup || account !== this.#account) {
      const logGroups = madeOnce(this.#accounts, account, () => new Map());
      this.#hours = madeOnce(logGroups, logGroup, () => new Map());
      this.#account = account;
      this.#logGroup = logGroup;
    } else if (this.#last.hour === hour) {
      return this.#last;
    }
    this.#last = madeOnce(this.#hours, hour, () => noEvents(hour));
    return this.#last;
  }
}

function count(sum: Sum, { events, dropped, sampledOut, joined }: EventCounts, sign: 1 | -1): void {
  sum.events += sign * events;
  sum.dropped += sign * dropped;
  sum.sampledOut += sign * sampledOut;
  sum.joined += sign * joined;
}

function madeOnce<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** By UTF-16 code units, wherever it runs. */
const compared = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
