import { eventIdOf } from "../../../core/events/document-id";
import type { EventLedger } from "../../delivery/event-ledger";
import { FoundEvents, type NumberRange } from "../../delivery/found-events";

/** Events by their numbers. */
export interface CheckedEvents {
  readonly ledger: Pick<EventLedger, "documentIdOf" | "numberOf" | "logGroupOf">;
  readonly range: NumberRange;
  /** Whether a number in the range is an event's. @default each is */
  isEvent?(number: number): boolean;
}

/** Returns the numbers of events, in their order. @param from the first number to look at @default all */
export function* eventNumbers(events: CheckedEvents, from = events.range.first): Generator<number> {
  const end = events.range.first + events.range.count;
  for (let number = from; number < end; number++) if (events.isEvent?.(number) !== false) yield number;
}

/** Looks at each of some events in the index once more, some at a time: a copy may have come later, into another index. */
export class CopyCheck {
  readonly found: FoundEvents;
  /** Numbers from here on were not looked at yet. */
  #next: number;
  /** Fewer where there are so many copies that a search does not find them all. */
  #atOnce = Number.POSITIVE_INFINITY;

  constructor(readonly events: CheckedEvents) {
    this.found = new FoundEvents(events.ledger);
    this.#next = events.range.first;
  }

  /** Whether all were looked at. */
  get isOver(): boolean {
    return this.#nextNumbers(1).length === 0;
  }

  /** The `_id`s to be looked for next. */
  nextIds(max: number): string[] {
    return this.#nextNumbers(Math.min(max, this.#atOnce)).map((number) => this.events.ledger.documentIdOf(number));
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
    this.#next = (this.#nextNumbers(looked).at(-1) ?? this.#next - 1) + 1;
    this.#atOnce *= 2;
  }

  #nextNumbers(max: number): number[] {
    const numbers: number[] = [];
    if (max === 0) return numbers;
    for (const number of eventNumbers(this.events, this.#next)) if (numbers.push(number) === max) break;
    return numbers;
  }
}
