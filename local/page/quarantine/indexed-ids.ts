import { SINGLE_ATTEMPT } from "../../delivery/retrying-search";
import { foundAtOnce, type SearchLocation } from "../../delivery/search";
import type { ReasonTally } from "./tallies";

/** Of one search. */
const IDS = 1_000;

/** Looks whether events of the quarantine are in the index, some at a time and by one search a second at most. */
export class IndexedIds {
  #at = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #searching: Promise<void> | undefined;

  /** @param now monotonic, in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Looks for the next ids, beginning again behind the last one. @throws Error when the engine does not answer */
  async look(search: SearchLocation, tallies: readonly ReasonTally[]): Promise<void> {
    if (this.#searching || this.now() - this.#lastMs < 1_000) return this.#searching;
    this.#lastMs = this.now();
    this.#searching = this.#look(search, tallies).finally(() => {
      this.#searching = undefined;
    });
    return this.#searching;
  }

  async #look(search: SearchLocation, tallies: readonly ReasonTally[]): Promise<void> {
    const total = tallies.reduce((sum, { ids }) => sum + ids.length, 0);
    if (this.#at >= total) this.#at = 0;
    const some: { readonly tally: ReasonTally; readonly position: number }[] = [];
    let skipped = 0;
    for (const tally of tallies) {
      if (skipped + tally.ids.length > this.#at) {
        const first = Math.max(0, this.#at - skipped);
        for (let position = first; position < tally.ids.length && some.length < IDS; position++)
          some.push({ tally, position });
      }
      if (some.length === IDS) break;
      skipped += tally.ids.length;
    }
    if (some.length === 0) return;
    const ids = some.map(({ tally, position }) => tally.ids[position]!);
    const answer = await foundAtOnce(search, ids, SINGLE_ATTEMPT);
    const found = new Set(answer.ids);
    for (const { tally, position } of some) {
      const isFound = found.has(tally.ids[position]!);
      // Copies of others may have taken its place.
      if (isFound || answer.isAll) tally.found[position] = isFound;
    }
    this.#at += some.length;
  }
}
