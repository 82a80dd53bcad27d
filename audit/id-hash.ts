/**
 * A 64-bit hash of documents' ids, in two halves. Applications choose ids, so its seeds are random numbers of the run: nobody can
 * write an id that is taken for another one's. Of ten million ids two have the same hash once in 370,000 audits.
 */
export class IdHash {
  /** Of the text that was hashed last: unsigned, 32 bits each. */
  high = 0;
  low = 0;

  /** @param seeds unsigned, 32 bits each */
  constructor(private readonly seeds: readonly [high: number, low: number]) {}

  /** Hashes a text. */
  of(text: string): void {
    let [high, low] = this.seeds;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      high = Math.imul(high ^ code, 0x9e3779b1);
      high ^= high >>> 15;
      low = Math.imul(low ^ code, 0x85ebca77);
      low ^= low >>> 13;
    }
    this.high = mixed(high ^ Math.imul(low, 0xc2b2ae3d));
    this.low = mixed(low ^ Math.imul(high, 0x27d4eb2f));
  }
}

/** The last steps of MurmurHash3: each bit of the input changes each bit of the result. */
function mixed(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
