import type { Halves } from "./id-hash";

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

/** Returns an hour of which nothing is counted yet. */
export const noEvents = (hour: number): EventCounts => ({
  ...{ hour, events: 0, fingerprint: { high: 0, low: 0 } },
  ...{ dropped: 0, sampledOut: 0, joined: 0 },
});

/** Events of one hour that have documents. The halves of their fingerprint have a sign: V8 then keeps them without an object each. */
export interface EncodedHour extends ReceiptPlace {
  readonly hour: number;
  readonly events: number;
  readonly high: number;
  readonly low: number;
}

/** What a receipt says of one envelope. A batch may have 10,000, nearly all of them of one hour. */
export type EnvelopeReceipt = EncodedHour | readonly ReceiptRow[];

/** What is added up, of one hour; the halves have a sign. */
interface Sum {
  hour: number;
  events: number;
  high: number;
  low: number;
  dropped: number;
  sampledOut: number;
  joined: number;
}

const emptySum = (hour: number): Sum => ({ hour, events: 0, high: 0, low: 0, dropped: 0, sampledOut: 0, joined: 0 });

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
  #last = emptySum(-1);

  add({ account, logGroup }: ReceiptPlace, counts: EventCounts): void {
    const { high, low } = counts.fingerprint;
    const sum = this.#sumOf(account, logGroup, counts.hour);
    addFingerprint(sum, high, low);
    addOutcomes(sum, counts, 1);
  }

  /** A count becomes negative where more is subtracted than there was. */
  subtract({ account, logGroup }: ReceiptPlace, counts: EventCounts): void {
    const { high, low } = counts.fingerprint;
    const sum = this.#sumOf(account, logGroup, counts.hour);
    // As a number of 64 bits, it is inverted, plus 1.
    addFingerprint(sum, low === 0 ? -high : ~high, -low);
    addOutcomes(sum, counts, -1);
  }

  addEnvelope(receipt: EnvelopeReceipt): void {
    if (!("high" in receipt)) {
      for (const row of receipt) this.add(row, row);
      return;
    }
    const { account, logGroup, hour, events, high, low } = receipt;
    const sum = this.#sumOf(account, logGroup, hour);
    addFingerprint(sum, high, low);
    sum.events += events;
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
        for (const { high, low, ...sum } of hours.values())
          rows.push({ account, logGroup, ...sum, fingerprint: { high: high >>> 0, low: low >>> 0 } });
    return rows.sort((a, b) => a.hour - b.hour || compared(a.account, b.account) || compared(a.logGroup, b.logGroup));
  }

  #sumOf(account: string, logGroup: string, hour: number): Sum {
    if (logGroup !== this.#logGroup || account !== this.#account) {
      const logGroups = madeOnce(this.#accounts, account, () => new Map());
      this.#hours = madeOnce(logGroups, logGroup, () => new Map());
      this.#account = account;
      this.#logGroup = logGroup;
    } else if (this.#last.hour === hour) {
      return this.#last;
    }
    this.#last = madeOnce(this.#hours, hour, () => emptySum(hour));
    return this.#last;
  }
}

const TWO_32 = 2 ** 32;

/** Adds modulo 2^64. @param high of any sign, as `low` is */
function addFingerprint(sum: Sum, high: number, low: number): void {
  const lower = (sum.low >>> 0) + (low >>> 0);
  sum.low = lower | 0;
  sum.high = (sum.high + high + (lower >= TWO_32 ? 1 : 0)) | 0;
}

function addOutcomes(sum: Sum, { events, dropped, sampledOut, joined }: EventCounts, sign: 1 | -1): void {
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
