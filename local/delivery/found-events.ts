import { BitSet } from "./bit-set";
import type { EventLedger } from "./event-ledger";

/** The events that were put and found in one destination; events from elsewhere do not count. */
export class FoundEvents {
  readonly #ledger: Pick<EventLedger, "numberOf" | "logGroupOf">;
  readonly #numbers = new BitSet();
  /** Additional copies by the number of the event. */
  readonly #duplicates = new Map<number, number>();
  #size = 0;

  constructor(ledger: Pick<EventLedger, "numberOf" | "logGroupOf">) {
    this.#ledger = ledger;
  }

  /** Number of distinct events found. */
  get size(): number {
    return this.#size;
  }

  /** @param ids one for each copy */
  add(ids: Iterable<string>): void {
    for (const id of ids) {
      const number = this.#ledger.numberOf(id);
      if (number === undefined) continue;
      if (this.#numbers.add(number)) this.#size++;
      else this.#duplicates.set(number, (this.#duplicates.get(number) ?? 0) + 1);
    }
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  /** Number of additional copies of a log group's events. */
  duplicatesOf(logGroup: string): number {
    return this.#duplicatesOf((number) => this.#ledger.logGroupOf(number) === logGroup);
  }

  /** Number of additional copies of the events with these numbers. */
  duplicatesIn({ first, count }: NumberRange): number {
    return this.#duplicatesOf((number) => number >= first && number < first + count);
  }

  /** Number of distinct events found that have these numbers. */
  countIn({ first, count }: NumberRange): number {
    let found = 0;
    for (let number = first; number < first + count; number++) if (this.has(number)) found++;
    return found;
  }

  #duplicatesOf(isCounted: (number: number) => boolean): number {
    let sum = 0;
    for (const [number, copies] of this.#duplicates) if (isCounted(number)) sum += copies;
    return sum;
  }
}

/** Numbers of events that were put one after another. */
export interface NumberRange {
  readonly first: number;
  readonly count: number;
}
