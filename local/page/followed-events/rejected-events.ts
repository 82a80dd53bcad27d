import type { S3Client } from "@aws-sdk/client-s3";
import { archivedEnvelopes, ForeignObjectError, isGone } from "../../delivery/archive";
import type { EventLedger } from "../../delivery/event-ledger";

/** Objects that are read at a time: the rest at the next. */
const MAX_READ = 20;

/** Why the index has rejected events that were put; reads each object of `rejected/` once. */
export class RejectedEvents {
  readonly #reasons = new Map<number, string>();
  readonly #read = new Set<string>();

  constructor(
    private readonly ledger: EventLedger,
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  /** By the events' numbers. */
  get reasons(): ReadonlyMap<number, string> {
    return this.#reasons;
  }

  /** Leaves out these objects. */
  skip(keys: Iterable<string>): void {
    for (const key of keys) this.#read.add(key);
  }

  /** Reads those of the objects that are new. @throws Error when the bucket cannot be read */
  async read(keys: Iterable<string>): Promise<void> {
    const added = [...keys].filter((key) => !this.#read.has(key));
    for (const key of added.slice(0, MAX_READ)) {
      try {
        await this.#readObject(key);
      } catch (error) {
        // What somebody else wrote, or has deleted, says nothing of the events.
        if (!isGone(error) && !(error instanceof ForeignObjectError)) throw error;
      }
      this.#read.add(key);
    }
  }

  async #readObject(key: string): Promise<void> {
    for await (const envelope of archivedEnvelopes(this.s3, this.bucket, key)) {
      // docs/archive.md: a line of `rejected/` is an envelope with the rejection.
      const { rejection = "" } = envelope as { rejection?: unknown };
      for (const { id } of envelope.logEvents) {
        const number = this.ledger.numberOf(id);
        if (number !== undefined) this.#reasons.set(number, String(rejection));
      }
    }
  }
}
