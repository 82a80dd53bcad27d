import type { Bucket, StoredObject } from "../../archive/bucket";
import type { ReplayArguments } from "../arguments/arguments";
import type { LaneMessages } from "../lane-messages";
import type { ReplayRecord } from "../records";

/** Reads one kind of objects in the bucket. */
export interface KindReader {
  /** Prefixes of the keys of all objects that may hold selected events. */
  prefixes(bucket: Bucket, args: ReplayArguments): Promise<string[]>;
  /** Whether an object may hold selected events. @default each under the prefixes may */
  isSelected?(object: StoredObject, args: ReplayArguments): boolean;
  /** Maximum number of concurrent objects. @default 4: each holds up to a part of it and two `_bulk` requests in memory */
  concurrency?: number;
  /** Maximum number of events in an object. @param bytes its stored size */
  maxEvents(bytes: number): number;
  /**
   * Yields the selected records of an object, in parts that fit in memory and are delivered one after the other.
   *
   * @param region the stream's, if the object does not contain it
   * @param messages joins events. @default none are joined
   * @throws DamagedError, ObjectError, StoppedError
   */
  read(
    bucket: Bucket,
    object: StoredObject,
    args: ReplayArguments,
    region: string,
    messages?: LaneMessages,
  ): AsyncIterable<ReplayRecord[]>;
}
