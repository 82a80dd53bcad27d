/** What of the memory is for what, in bytes from its beginning. The compiler's own data lies below. */

/** The names that may collide: see `isListed`. */
export const NAMES: usize = 4 * 1024;

/** What the lines of one record's events of one day have in common. */
export const FRAME: usize = 8 * 1024;
const MAX_FRAME_BYTES = 24 * 1024;

/**
 * How many events are written, and where in `OUT` the lines of each end: 32 bits each. There is room for the ends of lines of 90
 * bytes, and no event has fewer than 300.
 */
export const ENDS: usize = 32 * 1024;

/** Where lines are written. */
export const OUT: usize = 128 * 1024;

/** When this much has been written, it is handed over before the next event is begun. */
const FULL_BYTES = 2 * 1024 * 1024;

/**
 * A longer message, in bytes as it stands in its envelope, is left to the plain path: it may hold more values than that parses.
 * CloudWatch Logs takes 1 MiB of text.
 */
export const MAX_MESSAGE_BYTES = 1_000_000;

/** Bytes are read and written 16 at a time, so that some behind the last one are touched too. */
export const SLACK: i32 = 64;

export const FULL: usize = OUT + FULL_BYTES;

/** The envelope; nothing lies behind it. */
export const ENVELOPE: usize = FULL + MAX_MESSAGE_BYTES + MAX_FRAME_BYTES + SLACK;

/** Where the next byte is read in the envelope. */
export let from: usize = 0;

/** Where the next byte is written. */
export let to: usize = OUT;

export function setFrom(at: usize): void {
  from = at;
}

export function setTo(at: usize): void {
  to = at;
}
