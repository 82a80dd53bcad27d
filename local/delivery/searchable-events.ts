import { eventIdOf } from "../../core/events/document-id";
import type { EventLedger, LedgerCall } from "./event-ledger";
import { FoundEvents } from "./found-events";
import type { SearchRetryPolicy } from "./retrying-search";
import { foundIds, type SearchLocation } from "./search";

/**
 * Finds the events in the index while they arrive. Events of one call arrive at about the same time, so the others are
 * searched for only after the last one is found.
 */
export class SearchableEvents {
  readonly found: FoundEvents;
  readonly #ledger: EventLedger;
  readonly #location: SearchLocation;
  readonly #retryPolicy: SearchRetryPolicy | undefined;
  readonly #completeAt = new Map<string, number>();
  #open: LedgerCall[];

  constructor(ledger: EventLedger, location: SearchLocation, retryPolicy?: SearchRetryPolicy) {
    this.#ledger = ledger;
    this.#location = location;
    this.#retryPolicy = retryPolicy;
    this.#open = [...ledger.calls];
    this.found = new FoundEvents(ledger);
  }

  /** When all of a log group's events were found, by `performance.now()`; undefined: not yet. */
  completeAt(logGroup: string): number | undefined {
    return this.#completeAt.get(logGroup);
  }

  /** Searches for events that were not found yet. */
  async update(): Promise<void> {
    await this.#lookFor(this.#open.map(lastOf));
    const arriving = this.#open.filter((call) => this.found.has(lastOf(call)));
    await this.#lookFor(numbersOf(arriving));
    this.#open = this.#open.filter((call) => this.#isOpen(call));
    const open = new Set(this.#open.map(({ logGroup }) => logGroup));
    for (const logGroup of this.#ledger.logGroups) {
      if (!open.has(logGroup) && !this.#completeAt.has(logGroup)) this.#completeAt.set(logGroup, performance.now());
    }
  }

  async #lookFor(numbers: Iterable<number>): Promise<void> {
    const missing = this.#missing(numbers);
    for await (const ids of foundIds(this.#location, missing, this.#retryPolicy)) this.found.add(ids.map(eventIdOf));
  }

  *#missing(numbers: Iterable<number>): Generator<string> {
    for (const number of numbers) if (!this.found.has(number)) yield this.#ledger.documentIdOf(number);
  }

  #isOpen(call: LedgerCall): boolean {
    for (const number of numbersOf([call])) if (!this.found.has(number)) return true;
    return false;
  }
}

const lastOf = ({ first, count }: LedgerCall): number => first + count - 1;

function* numbersOf(calls: readonly LedgerCall[]): Generator<number> {
  for (const { first, count } of calls) for (let n = 0; n < count; n++) yield first + n;
}
