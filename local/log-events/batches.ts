import { eventBytes, LIMITS } from "../../tools/put-log-events";
import type { LogLine } from "./line";

/** Collects consecutive lines of one log stream, up to the limits of a PutLogEvents call. */
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

  /** Removes the collected lines and returns them as PutLogEvents calls: in chronological order, each within 24 hours. */
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
