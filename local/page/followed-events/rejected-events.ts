import type { S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../../archive/outcome-errors";
import { archivedEnvelopes } from "../../delivery/archive";
import type { EventLedger } from "../../delivery/event-ledger";
import { type DescribedObjects, ReadOnce } from "../../delivery/read-once";

/** Objects that are read at a time: the rest at the next. */
const MAX_READ = 20;

/** Why the index has rejected events that were put; reads each object of `rejected/` once. */
export class RejectedEvents {
  readonly #reasons = new Map<number, string>();
  readonly #reading = new ReadOnce();

  constructor(
    private readonly ledger: EventLedger,
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  /** By the events' numbers. */
  get reasons(): ReadonlyMap<number, string> {
    return this.#reasons;
  }

  /** Why objects cannot be read, by key. */
  get unreadable(): ReadonlyMap<string, string> {
    return this.#reading.unreadable;
  }

  /** Leaves out these objects. */
  skip(objects: DescribedObjects): void {
    this.#reading.skip(objects);
  }

  /** Reads those of the objects that are new. */
  async read(objects: DescribedObjects): Promise<void> {
    const readObject = async (key: string) => {
      try {
        await this.#readObject(key);
      } catch (error) {
        // What somebody else wrote says nothing of the events.
        if (!(error instanceof DamagedError)) throw error;
      }
    };
    await this.#reading.read(objects, readObject, MAX_READ);
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
