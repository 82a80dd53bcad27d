import type { S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../archive/outcome-errors";
import { objectIdSuffix } from "../../core/events/document-id";
import { parsedObject } from "../../core/json/object";
import { isOffset } from "../../core/sources/s3/source-object";
import { type ArchiveLocation, describeObjects } from "../delivery/archive";
import { limitedLines } from "../delivery/limited-lines";
import { openStored } from "../delivery/open-stored";
import { ReadOnce } from "../delivery/read-once";
import { unreadableObjects } from "../delivery/unreadable";

const MIB = 1024 * 1024;

/** A line of 1 MiB is six times as long if each of its characters is escaped. */
const LIMITS = { maxBytes: 512 * MIB, lineMaxBytes: 8 * MIB };

/** What was quarantined of an object. */
export interface SetAside {
  /** The reason by the line's number. */
  readonly lines: Map<number, string>;
  /** Why the object cannot be read, and the number of the line from which on. */
  unreadable?: { readonly reason: string; readonly lines: number };
}

/** Reads what the function puts into the quarantine: each object of it once. */
export class Quarantine {
  /** By the objects' suffix of `_id`s. */
  readonly #setAside = new Map<string, SetAside>();
  readonly #reading = new ReadOnce();
  readonly #folder: string;

  /** @param location of the archive, whose `access-logs/` is the quarantine */
  constructor(
    private readonly s3: S3Client,
    private readonly location: ArchiveLocation,
  ) {
    this.#folder = `${location.prefix}access-logs/`;
  }

  of(idSuffix: string): SetAside {
    const known = this.#setAside.get(idSuffix) ?? { lines: new Map() };
    this.#setAside.set(idSuffix, known);
    return known;
  }

  /** Which objects cannot be read, and why, as sentences: what only these hold is not known. */
  get unreadable(): string[] {
    return unreadableObjects(this.location.bucket, this.#reading.unreadable);
  }

  /** Reads what is new. @throws Error when the bucket cannot be listed */
  async update(): Promise<void> {
    const objects = await describeObjects(this.s3, this.location.bucket, this.#folder);
    await this.#reading.read(objects, async (key) => {
      try {
        await this.#readObject(key);
      } catch (error) {
        // What somebody else wrote says nothing of any object.
        if (!(error instanceof DamagedError)) throw error;
      }
    });
  }

  async #readObject(key: string): Promise<void> {
    const object = await openStored(this.s3, { Bucket: this.location.bucket, Key: key });
    try {
      for await (const line of limitedLines(object, key.endsWith(".gz"), LIMITS)) this.#add(parsedObject(line));
    } finally {
      object.chunks.destroy();
    }
  }

  /** As docs/archive.md has it. A message that names no object, and what somebody else wrote, says nothing of any. */
  #add({ bucket, key, etag, line, rejection, lines, reason }: Record<string, unknown> = {}): void {
    if (typeof bucket !== "string" || typeof key !== "string" || typeof etag !== "string") return;
    const setAside = this.of(objectIdSuffix({ bucket, key, etag }));
    if (isOffset(line) && typeof rejection === "string") setAside.lines.set(line, rejection);
    if (isOffset(lines) && typeof reason === "string") setAside.unreadable = { reason, lines };
  }
}
