import { HOUR_MS } from "../events/durations";
import { type CompactionPlace, MAX_ORIGINAL_BYTES } from "./compact-place";
import { compactedNumber, isOriginalName } from "./compacted-object";
import type { ListedObject } from "./compaction-bucket";

/** Objects of a place that are known at once: some hundred bytes each. Others are left to the next run. */
const MAX_LISTED = 200_000;

/** Returns the hours, `YYYY/MM/DD/HH` in UTC, that lie in a time range as a whole, the oldest first. */
export function wholeHours(fromMs: number, toMs: number): string[] {
  const first = Math.ceil(fromMs / HOUR_MS);
  const count = Math.max(0, Math.floor(toMs / HOUR_MS) - first);
  return Array.from({ length: count }, (_, i) => slashed((first + i) * HOUR_MS));
}

const slashed = (ms: number): string =>
  new Date(ms).toISOString().slice(0, "YYYY-MM-DDTHH".length).replace(/[-T]/g, "/");

/**
 * Groups the objects of an hour by log group or stream: one listing of the hour has all of them, whatever their number.
 *
 * @param hourPrefix ends in `/`
 * @param objects below it, in the order of their keys
 */
export async function* placesOf(
  hourPrefix: string,
  objects: AsyncIterable<ListedObject>,
): AsyncGenerator<CompactionPlace, void, undefined> {
  let open: { prefix: string; originals: ListedObject[]; compacted: (ListedObject & { number: number })[] } | undefined;
  for await (const object of objects) {
    const end = object.key.indexOf("/", hourPrefix.length) + 1;
    if (end === 0) continue;
    const prefix = object.key.slice(0, end);
    if (open?.prefix !== prefix) {
      if (open) yield open;
      open = { prefix, originals: [], compacted: [] };
    }
    const name = object.key.slice(end);
    const number = compactedNumber(name);
    if (number !== undefined) open.compacted.push({ ...object, number });
    else if (isOriginalName(name) && object.bytes < MAX_ORIGINAL_BYTES && open.originals.length < MAX_LISTED) {
      open.originals.push(object);
    }
  }
  if (open) yield open;
}
