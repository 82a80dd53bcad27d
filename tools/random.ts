/** A seeded generator of pseudorandom numbers (mulberry32); not for secrets. */
export class Random {
  #state: number;

  /** @param seed an integer, 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** In [0, 1). */
  next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** An integer; both ends are possible. */
  integer(minimum: number, maximum: number): number {
    return minimum + Math.floor(this.next() * (maximum - minimum + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)]!;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    return items.map(() => rest.splice(this.integer(0, rest.length - 1), 1)[0]!);
  }

  /** A seed for another generator, whose draws do not affect this one. */
  seed(): number {
    return this.integer(0, 2 ** 32 - 1);
  }
}
