/** Source: RFC 1951, "DEFLATE": no data inflates to more than this many times its size. */
export const MAX_RATIO = 1032;

/** How much may be inflated in vain, in multiples of what may be kept. */
const FUTILE_FACTOR = 3;

/** How often: even the smallest data takes tens of microseconds, and kilobytes until they are collected. */
const MAX_FUTILE = 100;

/**
 * Limits what all levels and parts of one record inflate to: the memory for what is kept, and the time for what turns out to be
 * corrupt or too large.
 */
export class InflationBudget {
  #kept: number;
  #futile: number;
  #futileLeft = MAX_FUTILE;

  /** @param maxBytes that all parts of the record may have, inflated */
  constructor(readonly maxBytes: number) {
    this.#kept = maxBytes;
    this.#futile = FUTILE_FACTOR * maxBytes;
  }

  /** Maximum size of what is inflated next, in bytes; at least 1. */
  get left(): number {
    return Math.max(1, this.#kept);
  }

  /** Whether so much was inflated in vain that nothing more may be inflated. */
  get isSpent(): boolean {
    return this.#futile <= 0 || this.#futileLeft <= 0;
  }

  /** This many inflated or decoded bytes are kept. */
  keep(bytes: number): void {
    this.#kept -= bytes;
  }

  /** Data of this size was inflated in vain. */
  waste(dataBytes: number): void {
    this.#futileLeft--;
    this.#futile -= Math.min(this.#kept, MAX_RATIO * dataBytes);
  }
}
