import { BitSet } from "./bit-set";
import type { EventLedger } from "./event-ledger";

/** Which of the events that were put are in one place; events that somebody else put are not counted. */
export class FoundEvents {
  readonly #ledger: EventLedger;
  readonly #numbers = new BitSet();
  readonly #duplicates = new Map<string, number>();
  #size = 0;

  constructor(ledger: EventLedger) {
    this.#ledger = ledger;
  }

  /** How many different events were found. */
  get size(): number {
    return this.#size;
  }

  /** @param ids as often as they are there */
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

  /** How many further copies of a log group's events were found. */
  duplicatesOf(logGroup: string): number {
    return this.#duplicates.get(logGroup) ?? 0;
  }

  #addDuplicate(logGroup: string): void {
    this.#duplicates.set(logGroup, this.duplicatesOf(logGroup) + 1);
  }
}
