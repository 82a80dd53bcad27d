/** Source: RFC 1951, "DEFLATE": no data inflates to more than this many times its size. */
const MAX_RATIO = 1032;

/** How much may be inflated in vain, in multiples of what may be kept. */
const FUTILE_FACTOR = 3;

/**
 * Limits what all levels and parts of one record inflate to: the memory for what is kept, and the time for what turns out to be
 * corrupt or too large.
 */
export class InflationBudget {
  #kept: number;
  #futile: number;

  /** @param maxBytes that all parts of the record may have, inflated */
  constructor(readonly maxBytes: number) {
    this.#kept = maxBytes;
    this.#futile = FUTILE_FACTOR * maxBytes;
  }

  /** Maximum size of what is inflated next, in bytes; at least 1. */
  get left(): number {
    return this.#futile > 0 ? Math.max(1, this.#kept) : 1;
  }

  /** This many inflated or decoded bytes are kept. */
  keep(bytes: number): void {
    this.#kept -= bytes;
  }

  /** Data of this size was inflated in vain. */
  waste(dataBytes: number): void {
    this.#futile -= Math.min(this.#kept, MAX_RATIO * dataBytes);
  }
}
