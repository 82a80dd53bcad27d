import { compact } from "../../functions/archive-compaction/compact";
import { ConditionalBucket } from "./conditional-bucket";
import { ARRIVAL } from "./kinesis";
import type { S3Server } from "./s3-server";

/** When the hour of {@link ARRIVAL} is old enough. */
const LATER_MS = ARRIVAL + 26 * 60 * 60 * 1000;

/**
 * Writes what compaction makes of a bucket's objects, as if it was killed before it deleted any.
 *
 * @param archivePrefix the pipeline's
 * @returns the keys that it would have deleted
 */
export async function compactBeside({ objects, put }: S3Server, archivePrefix = ""): Promise<string[]> {
  const bucket = new ConditionalBucket();
  for (const [key, { body, metadata }] of objects) {
    bucket.objects.set(key, body);
    bucket.metadata.set(key, metadata);
  }
  const before = bucket.keys();
  await compact(
    {},
    {
      settings: { archivePrefix, minAgeHours: 25, lookBackHours: 3, metricsNamespace: "" },
      bucket: () => bucket.client(),
      ...{ remainingMs: () => 900_000, now: () => LATER_MS, monotonicMs: () => 0 },
      log: () => {},
    },
  );
  for (const key of bucket.keys()) if (!objects.has(key)) put(key, bucket.objects.get(key)!, bucket.metadata.get(key));
  return before.filter((key) => !bucket.objects.has(key));
}

/** Compacts a bucket's objects, and deletes those of which others are made. */
export async function compactObjects(s3: S3Server): Promise<void> {
  for (const key of await compactBeside(s3)) s3.objects.delete(key);
}
