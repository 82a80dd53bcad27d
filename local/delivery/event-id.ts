/**
 * The emulator's event ids, as local/emulator/patches/logs.py makes them: 56 decimal digits of a number whose highest bits are
 * the event's time, and whose low 144 bits count the events.
 */
const COUNTER_BITS = 144n;
const COUNTER_MASK = (1n << COUNTER_BITS) - 1n;
const DIGITS = 56;

/** An id without the event's time, taken apart. */
export interface EventIdParts {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** The next event's is one more. */
  readonly counter: bigint;
}

export function emulatorEventId({ timestamp, counter }: EventIdParts): string {
  return ((BigInt(timestamp) << COUNTER_BITS) + counter).toString().padStart(DIGITS, "0");
}

/** @returns undefined for what is no such id */
export function eventIdParts(id: string): EventIdParts | undefined {
  if (!/^\d{56}$/.test(id)) return undefined;
  const number = BigInt(id);
  return { timestamp: Number(number >> COUNTER_BITS), counter: number & COUNTER_MASK };
}
