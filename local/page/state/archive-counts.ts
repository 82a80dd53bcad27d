import type { S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../../archive/outcome-errors";
import { type ArchiveLocation, archivedEnvelopes } from "../../delivery/archive";
import { ObjectContents } from "../../delivery/object-contents";
import { spanOf, type TimeSpan } from "./time-span";

interface ArchivedGroup {
  readonly events: number;
  readonly times: TimeSpan | undefined;
}

/** Counts the events in the archive by log group. */
export class ArchiveCounts {
  readonly #objects: ObjectContents<ReadonlyMap<string, ArchivedGroup>>;
  /** By log group; undefined until all objects are read. */
  #groups: ReadonlyMap<string, ArchivedGroup> | undefined;

  constructor(
    private readonly s3: S3Client,
    private readonly archive: ArchiveLocation,
  ) {
    const { bucket, prefix } = archive;
    this.#objects = new ObjectContents(s3, { bucket, prefix: `${prefix}archive/` }, (key) => this.#read(key));
  }

  /** Of a lane's log groups; undefined until all objects are read. */
  of(logGroups: readonly string[]): number | undefined {
    const groups = this.#groups;
    return groups && logGroups.reduce((sum, name) => sum + (groups.get(name)?.events ?? 0), 0);
  }

  /** Of the events of a lane's log groups; undefined without any. */
  timesOf(logGroups: readonly string[]): TimeSpan | undefined {
    return logGroups.reduce<TimeSpan | undefined>(
      (span, name) => spanOf(span, this.#groups?.get(name)?.times),
      undefined,
    );
  }

  /** Reads new objects. @throws Error when the bucket cannot be listed */
  async update(): Promise<void> {
    await this.#objects.update();
    const objects = this.#objects.all;
    if (!objects) return;
    const groups = new Map<string, ArchivedGroup>();
    for (const object of objects)
      for (const [name, group] of object) groups.set(name, sumOfGroups(groups.get(name), group));
    this.#groups = groups;
  }

  async #read(key: string): Promise<ReadonlyMap<string, ArchivedGroup>> {
    const groups = new Map<string, ArchivedGroup>();
    try {
      for await (const { logGroup, logEvents } of archivedEnvelopes(this.s3, this.archive.bucket, key)) {
        const times = logEvents.reduce<TimeSpan | undefined>(
          (span, { timestamp }) => spanOf(span, { fromMs: timestamp, toMs: timestamp }),
          undefined,
        );
        groups.set(logGroup, sumOfGroups(groups.get(logGroup), { events: logEvents.length, times }));
      }
    } catch (error) {
      // Of objects that somebody else wrote, nothing counts.
      if (!(error instanceof DamagedError)) throw error;
      return new Map();
    }
    return groups;
  }
}

const sumOfGroups = (a: ArchivedGroup | undefined, b: ArchivedGroup): ArchivedGroup => ({
  events: (a?.events ?? 0) + b.events,
  times: spanOf(a?.times, b.times),
});
