import { BitSet } from "./bit-set";
import type { EventLedger } from "./event-ledger";

/** The events that were put and found in one destination; events from elsewhere do not count. */
export class FoundEvents {
  readonly #ledger: EventLedger;
  readonly #numbers = new BitSet();
  readonly #duplicates = new Map<string, number>();
  #size = 0;

  constructor(ledger: EventLedger) {
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
      else this.#addDuplicate(this.#ledger.logGroupOf(number));
    }
  }

  has(number: number): boolean {
    return this.#numbers.has(number);
  }

  /** Number of additional copies of a log group's events. */
  duplicatesOf(logGroup: string): number {
    return this.#duplicates.get(logGroup) ?? 0;
  }

  #addDuplicate(logGroup: string): void {
    this.#duplicates.set(logGroup, this.duplicatesOf(logGroup) + 1);
  }
}
