/** Counts by name, in the order in which the names were first added. */
export class CountsByName {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, this.of(name) + count);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  entries(): [name: string, count: number][] {
    return [...this.#counts];
  }
}
