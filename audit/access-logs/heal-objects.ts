import type { ObjectVersion } from "../../archive/bucket";
import { ObjectError } from "../../archive/outcome-errors";
import { inParallel } from "../../core/concurrency/in-parallel";
import { sourceObjectOf } from "../../core/sources/s3/source-object";
import { objectRecord } from "../../replay/records";
import { emptyTally, tallyProgress } from "../../replay/sinks/sink";
import type { IdsByObject } from "../comparison";
import type { Healed, HealIo } from "../heal";
import type { AuditWays } from "../run";

/** Objects that are put on the queue at a time: its requests have ten messages. */
const CONCURRENT_MESSAGES = 40;

/**
 * Returns what mends what comparisons have named: it puts each object of which lines are missing on the queue of the function, once in
 * a run, as a backfill does; with `deletes` it removes copies, documents without a line and altered ones, and puts the objects of these
 * on the queue, too. Nothing is removed while an object cannot be read. What it delivers are objects.
 */
export function objectHealer(): AuditWays["heal"] {
  const sent = new Set<string>();
  return async (comparison, deletes, io) => {
    const healed: Healed = { delivered: 0, removed: 0, failed: [] };
    const isRemoving = deletes && comparison.unread.length === 0;
    if (isRemoving) healed.removed = await io.remove(comparison.toRemove);
    const keys = new Set(keysOf(comparison.toDeliver));
    if (isRemoving) for (const key of keysOf(comparison.toRewrite)) keys.add(key);
    const objects = comparison.objects.filter(({ key }) => keys.has(key) && !sent.has(key));
    await inParallel(CONCURRENT_MESSAGES, objects, async (object) => {
      if (await put(object, comparison.io.bucket.name, io, healed)) sent.add(object.key);
    });
    return healed;
  };
}

const keysOf = (ids: IdsByObject): string[] => [...ids].map(([key]) => key);

/** @returns whether it is on the queue @throws StoppedError */
async function put({ key, etag }: ObjectVersion, bucket: string, { sink }: HealIo, healed: Healed): Promise<boolean> {
  const object = sourceObjectOf({ bucket, key, etag, size: undefined, region: undefined });
  if (typeof object === "string") return false;
  const tally = emptyTally();
  try {
    await sink.deliver([objectRecord({ object })], tallyProgress(tally));
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error;
    healed.failed.push({ key, reason: error.message });
  }
  healed.delivered += tally.delivered;
  return tally.delivered > 0;
}
