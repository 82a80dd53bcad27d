/** Enough for the envelopes of the fuzzer; each attempt reads one. */
const MAX_ATTEMPTS = 20_000;

/**
 * Removes as much of `bytes` as it can while `fails` is true of the rest: halves first, single bytes last.
 *
 * Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input".
 */
export function minimized(bytes: Buffer, fails: (bytes: Buffer) => boolean): Buffer {
  let smallest = bytes;
  let attempts = 0;
  for (let size = bytes.length; size >= 1; size >>= 1) {
    for (let at = 0; at < smallest.length && attempts < MAX_ATTEMPTS; attempts++) {
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (fails(shorter)) smallest = shorter;
      else at += size;
    }
  }
  return smallest;
}
