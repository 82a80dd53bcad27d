import type { ReplayArguments } from "../arguments/arguments";
import type { Bucket, StoredObject } from "../bucket";
import { HOUR_MS } from "../hours";
import type { ReplayRecord } from "../records";

/** Reads one kind of objects in the bucket. */
export interface KindReader {
  /** Prefixes of the keys of all objects that may hold selected events. */
  prefixes(bucket: Bucket, args: ReplayArguments): Promise<string[]>;
  /**
   * Yields the selected records of an object, in parts that fit in memory and are delivered one after the other.
   *
   * @param region the stream's, if the object does not contain it
   * @throws DamagedError, ObjectError, StoppedError
   */
  read(bucket: Bucket, object: StoredObject, args: ReplayArguments, region: string): AsyncIterable<ReplayRecord[]>;
}

/**
 * How long before its own time an event may have arrived, if a clock is ahead, in milliseconds. Source: CloudWatch Logs "PutLogEvents",
 * which rejects events of more than 2 hours in the future.
 */
export const EARLY_MS = 2 * HOUR_MS;
