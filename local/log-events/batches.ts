import type { LogLine } from "./line";

/** Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const LIMITS = {
  eventsPerCall: 10_000,
  bytesPerCall: 1_048_576,
  /** Counted for each event in addition to its message. */
  eventOverheadBytes: 26,
  spanMs: 24 * 60 * 60_000,
  /** How old an event may be. */
  maxAgeMs: 14 * 24 * 60 * 60_000,
  /** How far ahead of the clock an event may be. */
  maxAheadMs: 2 * 60 * 60_000,
} as const;

/** The longest message that CloudWatch Logs takes, in bytes. */
export const MAX_MESSAGE_BYTES = LIMITS.bytesPerCall - LIMITS.eventOverheadBytes;

/** The size of an event as PutLogEvents counts it, in bytes. */
export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + LIMITS.eventOverheadBytes;
}

/** Collects consecutive lines of one log stream, up to what a call of PutLogEvents takes. */
export class Collector {
  #lines: LogLine[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  fits(line: LogLine): boolean {
    return this.#lines.length < LIMITS.eventsPerCall && this.#bytes + eventBytes(line.message) <= LIMITS.bytesPerCall;
  }

  add(line: LogLine): void {
    this.#lines.push(line);
    this.#bytes += eventBytes(line.message);
  }

  /** Takes out what was collected, as calls of PutLogEvents: in chronological order, each within 24 hours. */
  take(): LogLine[][] {
    const calls = cutByTime(this.#lines);
    this.#lines = [];
    this.#bytes = 0;
    return calls;
  }
}

function cutByTime(lines: LogLine[]): LogLine[][] {
  const calls: LogLine[][] = [];
  // The sort is stable: lines of the same time stay in order.
  for (const line of lines.sort((a, b) => a.timestamp - b.timestamp)) {
    const call = calls.at(-1);
    if (call && line.timestamp - call[0]!.timestamp <= LIMITS.spanMs) call.push(line);
    else calls.push([line]);
  }
  return calls;
}
