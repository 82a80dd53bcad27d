import type { EventPlace, EventRun } from "../sink";

/** One event that is sent: its lines, and its place in the batch. */
export interface BulkItem extends EventPlace {
  /** Holds the action and the document, each with its newline, from `start` to `end`. */
  buffer: Buffer;
  start: number;
  end: number;
  /** Why the index rejected the event with its fields; its lines then hold it as text. */
  rejection?: string;
}

/** Returns the lines of an item in a buffer of its own. */
export function linesIn(lines: string | Buffer): Pick<BulkItem, "buffer" | "start" | "end"> {
  const buffer = typeof lines === "string" ? Buffer.from(lines) : lines;
  return { buffer, start: 0, end: buffer.length };
}

/** A body that is ready to be sent, and the events in it. */
export interface BulkRequest {
  /** Begins with the lines of its events. */
  buffer: Buffer;
  /** Where the lines of each event end. */
  ends: number[];
  runs: EventRun[];
}

/** Returns the events of a request one by one: most requests never need an object for each. */
export function itemsOf({ buffer, ends, runs }: BulkRequest): BulkItem[] {
  const items: BulkItem[] = [];
  let start = 0;
  for (const { record, position, count } of runs) {
    for (let i = 0; i < count; i++) {
      const end = ends[items.length]!;
      items.push({ record, position: position + i, buffer, start, end });
      start = end;
    }
  }
  return items;
}

export const bodyOf = ({ buffer, ends }: BulkRequest): Buffer => buffer.subarray(0, ends.at(-1));

/** Returns the body that sends `items`, without a copy if they follow one another in one buffer. */
export function bodyOfItems(items: BulkItem[]): Buffer {
  const { buffer, start } = items[0]!;
  let end = start;
  for (const item of items) {
    if (item.buffer !== buffer || item.start !== end) {
      return Buffer.concat(items.map((one) => one.buffer.subarray(one.start, one.end)));
    }
    end = item.end;
  }
  return buffer.subarray(start, end);
}

/** Returns the two lines of `_bulk` that create `document` unless `id` exists already. */
export function bulkLines(index: string, id: string, document: string): string {
  return `{"create":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}}}\n${document}\n`;
}

/** The end of the lines of an event with an empty message: any other message goes before it. */
export const EMPTY_MESSAGE_END = '"}\n';

/**
 * Returns the two lines of `_bulk` that write `document` only over one of a sequence number that no document reaches. The
 * engine checks everything that it checks for a document that it stores, and then answers 409.
 *
 * Source: OpenSearch "Index document": `if_seq_no`, `if_primary_term`.
 */
export function neverWritten(index: string, id: string, document: string): string {
  const condition = `"if_seq_no":${Number.MAX_SAFE_INTEGER},"if_primary_term":${Number.MAX_SAFE_INTEGER}`;
  return `{"index":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)},${condition}}}\n${document}\n`;
}

/** Returns the name of the index that an item is sent to. */
export function indexOfItem({ buffer, start }: BulkItem): string {
  return JSON.parse(buffer.toString("utf8", start, buffer.indexOf("\n", start))).create._index;
}

/** Path that asks only for the parts of the response that are read; percent-encoded as the signature requires. */
export const BULK_PATH = `/_bulk?filter_path=${encodeURIComponent("items.*.status,items.*.error").replaceAll("*", "%2A")}`;
