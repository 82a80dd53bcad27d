import { gunzipSync } from "node:zlib";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { objectIdSuffix } from "../../core/events/document-id";
import { type ArchiveLocation, describeObjects, isGone } from "../delivery/archive";

/** What was quarantined of an object. */
export interface SetAside {
  /** The reason by the line's number. */
  readonly lines: Map<number, string>;
  /** Why the object cannot be read, and the number of the line from which on. */
  unreadable?: { readonly reason: string; readonly lines: number };
}

/** As docs/archive.md has it. */
type QuarantinedLine = Record<"bucket" | "key" | "etag" | "rejection", string> & { line: number };
type UnreadableEntry = Record<"bucket" | "key" | "etag" | "reason", string> & { lines: number };

/** Reads what the function puts into the quarantine: each object of it once. */
export class Quarantine {
  /** By the objects' suffix of `_id`s. */
  readonly #setAside = new Map<string, SetAside>();
  /** ETag of each object that was read, by key. */
  readonly #read = new Map<string, string>();
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

  /** Reads what is new. */
  async update(): Promise<void> {
    const objects = await describeObjects(this.s3, this.location.bucket, this.#folder);
    for (const [key, { eTag }] of objects) {
      if (this.#read.get(key) === eTag) continue;
      const text = await this.#textOf(key);
      if (text === undefined) continue;
      const isRejected = key.startsWith(`${this.#folder}rejected/`);
      for (const line of text.split("\n").filter((one) => one !== "")) this.#add(JSON.parse(line), isRejected);
      this.#read.set(key, eTag);
    }
  }

  #add(entry: QuarantinedLine | UnreadableEntry, isRejected: boolean): void {
    // A message that names no object.
    if (entry.bucket === undefined) return;
    const setAside = this.of(objectIdSuffix(entry));
    if (isRejected) {
      const { line, rejection } = entry as QuarantinedLine;
      setAside.lines.set(line, rejection);
    } else {
      const { reason, lines } = entry as UnreadableEntry;
      setAside.unreadable = { reason, lines };
    }
  }

  /** @returns undefined for an object that was deleted since */
  async #textOf(key: string): Promise<string | undefined> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.location.bucket, Key: key }));
      const bytes = await Body!.transformToByteArray();
      return (key.endsWith(".gz") ? gunzipSync(bytes) : Buffer.from(bytes)).toString();
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}
