import { createHash } from "node:crypto";
import type { DraftObject } from "./draft-object";

/** An object that S3 has taken. */
export interface LedgerObject extends Pick<DraftObject, "unreadable"> {
  /** See `objectName`. */
  readonly name: string;
  /** Names of the lines that must be in the index, and of those that may be. */
  readonly events: readonly string[];
  readonly perhaps: readonly string[];
  /** Ids of the lines that are too long. */
  readonly tooLong: readonly string[];
}

/** A version of an object: its ETag is without quotes. */
export interface LoggedObject {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
}

/** What stands for a version of an object in the audit, and in the ids of its lines as docs/access-logs.md describes them. */
export const objectName = ({ bucket, key, etag }: LoggedObject): string =>
  hash(JSON.stringify([bucket, key, etag])).slice(0, 16);

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Remembers every object that was put. */
export class ObjectLedger {
  readonly objects: LedgerObject[] = [];
  /** Objects whose lines are named by their texts, too. */
  readonly #withTexts = new Set<string>();
  #lines = 0;

  put(draft: DraftObject, version: LoggedObject): void {
    const name = objectName(version);
    if (draft.hasTexts) this.#withTexts.add(name);
    const named = (lines: DraftObject["events"]) =>
      [...lines].map(([line, text]) => this.lineName(`${line}.${name}`, text));
    this.#lines += draft.events.size + draft.perhaps.size;
    this.objects.push({
      ...{ name, unreadable: draft.unreadable },
      ...{ events: named(draft.events), perhaps: named(draft.perhaps) },
      tooLong: draft.tooLong.map((line) => `${line}.${name}`),
    });
  }

  /** What stands for a line in the audit: its document's id and, where documents have it, a hash of the text. */
  lineName(id: string, text: string): string {
    return this.#withTexts.has(id.slice(id.indexOf(".") + 1)) ? `${id} ${hash(text).slice(0, 8)}` : id;
  }

  /** Lines that were put, those that may not become events included. */
  get lines(): number {
    return this.#lines;
  }
}
