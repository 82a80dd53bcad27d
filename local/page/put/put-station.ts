import type { PutStation } from "../shared/put";

/** Counts the lines of a put that have arrived somewhere, and when. */
export class StationCount {
  #count = 0;
  #firstMs: number | undefined;
  #lastMs: number | undefined;

  get count(): number {
    return this.#count;
  }

  /** @param count of all that have arrived by then; what is less than before says nothing of the time @param ms since the put */
  reach(count: number, ms: number): void {
    if (count > this.#count) {
      this.#firstMs ??= Math.max(0, ms);
      this.#lastMs = Math.max(this.#lastMs ?? 0, ms);
    }
    this.#count = count;
  }

  get shown(): Omit<PutStation, "name"> {
    const [firstMs, lastMs] = [this.#firstMs, this.#lastMs];
    if (firstMs === undefined || lastMs === undefined) return { count: this.#count };
    return { count: this.#count, firstMs, lastMs };
  }
}
