/** A set of integers from 0 on, one bit for each up to the highest. */
export class BitSet {
  #bytes = new Uint8Array(1024);

  has(number: number): boolean {
    return ((this.#bytes[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  /** @returns whether the number was added, not already there */
  add(number: number): boolean {
    const index = number >>> 3;
    if (index >= this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, index + 1));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    const before = this.#bytes[index]!;
    this.#bytes[index] = before | (1 << (number & 7));
    return this.#bytes[index] !== before;
  }
}
