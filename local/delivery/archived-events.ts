import type { S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../archive/outcome-errors";
import { type ArchiveLocation, archivedEnvelopes, describeObjects } from "./archive";
import type { EventLedger } from "./event-ledger";
import { FoundEvents } from "./found-events";
import { ReadOnce } from "./read-once";

/** Archive objects with events of one log group. */
export interface ArchivedSize {
  readonly objects: number;
  readonly bytes: number;
}

/** Finds the events that were put in the archive; reads each object once. */
export class ArchivedEvents {
  readonly #ledger: EventLedger;
  readonly #s3: S3Client;
  readonly #archive: ArchiveLocation;
  #found: FoundEvents;
  #reading = new ReadOnce();
  #sizes = new Map<string, ArchivedSize>();
  #foreign: string[] = [];

  constructor(ledger: EventLedger, s3: S3Client, archive: ArchiveLocation) {
    this.#ledger = ledger;
    this.#s3 = s3;
    this.#archive = archive;
    this.#found = new FoundEvents(ledger);
  }

  get found(): FoundEvents {
    return this.#found;
  }

  /** Keys of objects that the pipeline did not write; their content is not counted. */
  get foreign(): readonly string[] {
    return this.#foreign;
  }

  /** Why objects cannot be read, by key: what they hold is not counted (yet). */
  get unreadable(): ReadonlyMap<string, string> {
    return this.#reading.unreadable;
  }

  sizeOf(logGroup: string): ArchivedSize {
    return this.#sizes.get(logGroup) ?? { objects: 0, bytes: 0 };
  }

  /** Leaves out the objects that are there now: they are older than the events. */
  async skipExisting(): Promise<void> {
    this.#reading.skip(await this.#list());
  }

  /** Reads new objects. @throws Error when the bucket cannot be listed */
  async update(): Promise<void> {
    const objects = await this.#list();
    if (this.#reading.isOutdated(objects)) this.#forget();
    await this.#reading.read(objects, async (key, { bytes }) => {
      try {
        await this.#readObject(key, bytes);
      } catch (error) {
        if (!(error instanceof DamagedError)) throw error;
        this.#foreign.push(key);
      }
    });
  }

  #list() {
    const { bucket, prefix } = this.#archive;
    return describeObjects(this.#s3, bucket, `${prefix}archive/`);
  }

  async #readObject(key: string, bytes: number): Promise<void> {
    const logGroups = new Set<string>();
    const ids: string[][] = [];
    for await (const { logGroup, logEvents } of archivedEnvelopes(this.#s3, this.#archive.bucket, key)) {
      logGroups.add(logGroup);
      ids.push(logEvents.map(({ id }) => id));
    }
    // Counted only after the whole object is known to be the pipeline's.
    for (const some of ids) this.#found.add(some);
    for (const logGroup of logGroups) {
      const size = this.sizeOf(logGroup);
      this.#sizes.set(logGroup, { objects: size.objects + 1, bytes: size.bytes + bytes });
    }
  }

  /** Forgets everything after an object was replaced or deleted: its content no longer counts. */
  #forget(): void {
    this.#found = new FoundEvents(this.#ledger);
    this.#reading = new ReadOnce();
    this.#sizes = new Map();
    this.#foreign = [];
  }
}
