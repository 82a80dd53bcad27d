import { acquire } from "./buffer-pool";
import type { BulkRequest } from "./bulk-request";

/**
 * The lines of some of a record's events. They are valid until the next ones are requested, except in a buffer that has the lines
 * of one event and nothing else: it is nobody else's.
 */
export interface Lines {
  /** The record's position in the batch. */
  record: number;
  /** The first event's position in the record. */
  position: number;
  buffer: Buffer;
  /** Where the lines of each event end in `buffer`; the first begin at 0. */
  ends: ArrayLike<number>;
}

/** Packs events into requests of up to `maxBytes`, or of one event. Pass each request's buffer to `release` when it has ended. */
export function* pack(each: Iterable<Lines>, maxBytes: number): Generator<BulkRequest> {
  let request: BulkRequest | undefined;
  let length = 0;
  for (const { record, position, buffer, ends } of each) {
    if (buffer.length > maxBytes && ends[0] === buffer.length) {
      // Not copied: memory has room for one such event, but hardly for two.
      if (request) yield request;
      request = undefined;
      yield { buffer, ends: [buffer.length], runs: [{ record, position, count: 1 }] };
      continue;
    }
    const full: BulkRequest[] = [];
    let first = 0;
    let start = 0;
    while (first < ends.length) {
      const fitting = request ? firstBeyond(ends, first, start + request.buffer.length - length) : first;
      if (request && fitting > first) {
        const end = ends[fitting - 1]!;
        buffer.copy(request.buffer, length, start, end);
        for (let i = first; i < fitting; i++) request.ends.push(length + ends[i]! - start);
        request.runs.push({ record, position: position + first, count: fitting - first });
        length += end - start;
        start = end;
        first = fitting;
      }
      if (first === ends.length) break;
      if (request) full.push(request);
      const bytes = ends[first]! - start;
      request = { buffer: bytes > maxBytes ? Buffer.allocUnsafeSlow(bytes) : acquire(maxBytes), ends: [], runs: [] };
      length = 0;
    }
    yield* full;
  }
  if (request) yield request;
}

/** Returns the first event, from `from` on, whose lines end beyond `limit`. */
function firstBeyond(ends: ArrayLike<number>, from: number, limit: number): number {
  let event = from;
  while (event < ends.length && ends[event]! <= limit) event++;
  return event;
}
