import type { S3Client } from "@aws-sdk/client-s3";
import {
  type ArchiveLocation,
  archivedEnvelopes,
  describeObjects,
  ForeignObjectError,
  isGone,
} from "../../delivery/archive";

import { spanOf, type TimeSpan } from "./time-span";

/** Objects that are read at a time: the rest at the next. */
const MAX_READ = 50;

/** By log group. */
type ObjectGroups = ReadonlyMap<string, { readonly events: number; readonly times: TimeSpan | undefined }>;

/** Counts the events in the archive by log group; reads each object once. */
export class ArchiveCounts {
  /** By key. */
  readonly #objects = new Map<string, { readonly eTag: string; readonly groups: ObjectGroups }>();
  #isComplete = false;

  constructor(
    private readonly s3: S3Client,
    private readonly archive: ArchiveLocation,
  ) {}

  /** Of a lane's log groups; undefined until all objects are read. */
  of(logGroups: readonly string[]): number | undefined {
    if (!this.#isComplete) return undefined;
    let sum = 0;
    for (const { groups } of this.#objects.values()) {
      for (const name of logGroups) sum += groups.get(name)?.events ?? 0;
    }
    return sum;
  }

  /** Of the events of a lane's log groups; undefined without any. */
  timesOf(logGroups: readonly string[]): TimeSpan | undefined {
    let times: TimeSpan | undefined;
    for (const { groups } of this.#objects.values()) {
      for (const name of logGroups) times = spanOf(times, groups.get(name)?.times);
    }
    return times;
  }

  /** Reads new objects. @throws Error when the bucket cannot be read */
  async update(): Promise<void> {
    const { bucket, prefix } = this.archive;
    const listed = await describeObjects(this.s3, bucket, `${prefix}archive/`);
    for (const [key, { eTag }] of this.#objects) if (listed.get(key)?.eTag !== eTag) this.#objects.delete(key);
    const added = [...listed].filter(([key]) => !this.#objects.has(key));
    for (const [key, { eTag }] of added.slice(0, MAX_READ))
      this.#objects.set(key, { eTag, groups: await this.#read(key) });
    if (added.length <= MAX_READ) this.#isComplete = true;
  }

  async #read(key: string): Promise<ObjectGroups> {
    const groups = new Map<string, { events: number; times: TimeSpan | undefined }>();
    try {
      for await (const { logGroup, logEvents } of archivedEnvelopes(this.s3, this.archive.bucket, key)) {
        const before = groups.get(logGroup);
        const times = logEvents.reduce<TimeSpan | undefined>(
          (span, { timestamp }) => spanOf(span, { fromMs: timestamp, toMs: timestamp }),
          before?.times,
        );
        groups.set(logGroup, { events: (before?.events ?? 0) + logEvents.length, times });
      }
    } catch (error) {
      // Of objects that somebody else wrote, nothing counts.
      if (isGone(error) || error instanceof ForeignObjectError) return new Map();
      throw error;
    }
    return groups;
  }
}
