import type { S3Client } from "@aws-sdk/client-s3";
import { type ArchiveLocation, describeObjects } from "../../delivery/archive";
import { ArchivedEvents } from "../../delivery/archived-events";
import { EventLedger } from "../../delivery/event-ledger";
import type { FoundEvents } from "../../delivery/found-events";
import type { DescribedObjects } from "../../delivery/read-once";
import { unreadableObjects } from "../../delivery/unreadable";
import { RejectedEvents } from "./rejected-events";

export interface FollowedEventsIo {
  readonly archive: ArchiveLocation;
  readonly s3: S3Client;
}

/** Objects that were added to the quarantine. */
export interface AddedToQuarantine {
  readonly rejected: number;
  readonly deadLettered: number;
}

/** Follows events that are put into the archive and the quarantine. What the index has is asked by whoever follows them. */
export class FollowedEvents {
  /** Of the events that are followed. */
  readonly ledger = new EventLedger();
  readonly #archived: ArchivedEvents;
  readonly #rejected: RejectedEvents;
  #before: AddedToQuarantine | undefined;
  #now: AddedToQuarantine = { rejected: 0, deadLettered: 0 };
  #updating: Promise<void> | undefined;

  constructor(private readonly io: FollowedEventsIo) {
    this.#archived = new ArchivedEvents(this.ledger, io.s3, io.archive);
    this.#rejected = new RejectedEvents(this.ledger, io.s3, io.archive.bucket);
  }

  get archived(): FoundEvents {
    return this.#archived.found;
  }

  /** Why the index has rejected events, by their numbers. */
  get rejections(): ReadonlyMap<number, string> {
    return this.#rejected.reasons;
  }

  /** Which objects cannot be read, and why, as sentences: events that only these hold are not counted. */
  get unreadable(): string[] {
    return unreadableObjects(this.io.archive.bucket, [...this.#archived.unreadable, ...this.#rejected.unreadable]);
  }

  /** Since `begin`, or the first update. */
  get added(): AddedToQuarantine {
    const { rejected = 0, deadLettered = 0 } = this.#before ?? this.#now;
    return { rejected: this.#now.rejected - rejected, deadLettered: this.#now.deadLettered - deadLettered };
  }

  /** Takes what the bucket holds for older than the events. Call it before they are put. @throws Error when the bucket cannot be listed */
  async begin(): Promise<void> {
    await this.#archived.skipExisting();
    await this.#lookInQuarantine((objects) => this.#rejected.skip(objects));
  }

  /** Reads what is new in the bucket. @throws Error when it cannot be listed */
  update(): Promise<void> {
    // Two at once would read an object twice, which looks like a copy.
    this.#updating ??= this.#update().finally(() => {
      this.#updating = undefined;
    });
    return this.#updating;
  }

  async #update(): Promise<void> {
    await this.#lookInQuarantine((objects) => this.#rejected.read(objects));
    await this.#archived.update();
  }

  async #lookInQuarantine(take: (rejected: DescribedObjects) => void | Promise<void>): Promise<void> {
    const { bucket, prefix } = this.io.archive;
    const [rejected, deadLettered] = await Promise.all(
      ["rejected", "dead-letter"].map((name) => describeObjects(this.io.s3, bucket, `${prefix}${name}/`)),
    );
    this.#now = { rejected: rejected!.size, deadLettered: deadLettered!.size };
    this.#before ??= this.#now;
    await take(rejected!);
  }
}
