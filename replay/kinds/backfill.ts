import { DamagedError } from "../../archive/outcome-errors";
import { HOUR_MS } from "../../core/events/durations";
import { objectFormat } from "../../core/sources/s3/object-format";
import { sourceObjectOf } from "../../core/sources/s3/source-object";
import { objectRecord } from "../records";
import { datedPrefixes } from "./dated-prefixes";
import { keyTime } from "./key-time";
import type { KindReader } from "./kind";

/** Objects of access logs where AWS has put them: each becomes a message to the queue, without being read here. */
export const backfill: KindReader = {
  // Requests to the queue have ten messages.
  concurrency: 40,

  prefixes: (bucket, { sourcePrefix = "", selection: { fromMs, toMs }, lateHours }) =>
    datedPrefixes(bucket, sourcePrefix, { fromMs, toMs: toMs + lateHours * HOUR_MS }),

  isSelected({ key, bytes, modified }, { selection: { fromMs, toMs }, lateHours }) {
    if (objectFormat({ key, size: bytes }, "auto").kind === "ignored") return false;
    const { firstMs, lastMs } = keyTime(key) ?? { firstMs: modified ?? fromMs, lastMs: modified ?? fromMs };
    return lastMs >= fromMs && firstMs < toMs + lateHours * HOUR_MS;
  },

  maxEvents: () => 1,

  async *read({ name }, { key, etag, bytes }) {
    const object = sourceObjectOf({ bucket: name, key, etag, size: bytes, region: undefined });
    if (typeof object === "string") throw new DamagedError(object);
    yield [objectRecord({ object })];
  },
};
