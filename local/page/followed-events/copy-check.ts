import { eventIdOf } from "../../../core/events/document-id";
import type { EventLedger } from "../../delivery/event-ledger";
import { FoundEvents, type NumberRange } from "../../delivery/found-events";

/** Looks at each of some events in the index once more, some at a time: a copy may have come later, into another index. */
export class CopyCheck {
  readonly found: FoundEvents;
  #next: number;
  /** Fewer where there are so many copies that a search does not find them all. */
  #atOnce = Number.POSITIVE_INFINITY;

  constructor(
    private readonly ledger: EventLedger,
    readonly range: NumberRange,
  ) {
    this.found = new FoundEvents(ledger);
    this.#next = range.first;
  }

  /** Whether all were looked at. */
  get isOver(): boolean {
    return this.#next === this.#end;
  }

  /** The `_id`s to be looked for next. */
  nextIds(max: number): string[] {
    const count = Math.min(max, this.#atOnce, this.#end - this.#next);
    return Array.from({ length: count }, (_, n) => this.ledger.documentIdOf(this.#next + n));
  }

  /**
   * @param looked how many of the next were looked for
   * @param found the `_id` of each document that there is
   * @param isAll false: there may be more, so that fewer are looked for at the next
   */
  add(looked: number, found: readonly string[], isAll: boolean): void {
    // One alone is counted as far as an engine goes.
    if (!isAll && looked > 1) {
      this.#atOnce = Math.ceil(looked / 2);
      return;
    }
    // What was not asked for is not counted: it may be asked for yet.
    const asked = new Set(this.nextIds(looked));
    this.found.add(found.filter((id) => asked.has(id)).map(eventIdOf));
    this.#next += looked;
    this.#atOnce *= 2;
  }

  get #end(): number {
    return this.range.first + this.range.count;
  }
}
