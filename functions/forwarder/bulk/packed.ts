import { takeBody } from "./bodies";
import type { BulkItem } from "./bulk";

/** The lines of some of a record's events. Whoever takes them copies them before it asks for the next. */
export interface Lines {
  /** The record's position in the batch. */
  record: number;
  /** The first event's position in the record. */
  position: number;
  buffer: Buffer;
  /** Where the lines of each event end in `buffer`; the first ones begin at 0. */
  ends: ArrayLike<number>;
}

const NO_BODY: Buffer = Buffer.alloc(0);

/**
 * Packs events into the bodies of requests of up to `maxBytes`, or of one event. Each body is to be given back by
 * `giveBack` when its request is over.
 */
export function* packed(each: Iterable<Lines>, maxBytes: number): Generator<BulkItem[]> {
  let request: BulkItem[] = [];
  let body = NO_BODY;
  let length = 0;
  for (const { record, position, buffer, ends } of each) {
    const full: BulkItem[][] = [];
    let copied = 0;
    let start = 0;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i]!;
      const bytes = end - start;
      if (length + bytes > body.length) {
        buffer.copy(body, length - (start - copied), copied, start);
        copied = start;
        if (request.length > 0) full.push(request);
        body = bytes > maxBytes ? Buffer.allocUnsafeSlow(bytes) : takeBody(maxBytes);
        request = [];
        length = 0;
      }
      request.push({ record, position: position + i, buffer: body, start: length, end: length + bytes });
      length += bytes;
      start = end;
    }
    buffer.copy(body, length - (start - copied), copied, start);
    yield* full;
  }
  if (request.length > 0) yield request;
}
