import type { StoredObject } from "../../archive/bucket";
import { listFailure } from "../../archive/bucket-errors";
import { hours } from "../../archive/hours";
import { gunzippedLines } from "../../archive/lines";
import { DamagedError, ObjectError, StoppedError } from "../../archive/outcome-errors";
import { objectIdSuffix } from "../../core/events/document-id";
import { HOUR_MS } from "../../core/events/durations";
import { parsedObject } from "../../core/json/object";
import { isOffset, sourceObjectOf } from "../../core/sources/s3/source-object";
import { LINE_MAX_BYTES } from "../../replay/kinds/access-logs";
import type { UnreadObject } from "../archived-events";
import type { ObjectsIo } from "./objects-io";

/** Length of what the names in the quarantine begin with: the hash of an object, which its documents' ids end with. */
const HASH_LENGTH = 16;

const nameOf = ({ key }: StoredObject): string => key.slice(key.lastIndexOf("/") + 1).slice(0, HASH_LENGTH);

/** The names of the objects that the quarantine has as unreadable. They are listed when the first one is asked for. */
export class UnreadableObjects {
  #names: Promise<Set<string>> | undefined;

  constructor(private readonly io: ObjectsIo) {}

  /** @throws StoppedError */
  async has(name: string): Promise<boolean> {
    this.#names ??= this.#listed();
    return (await this.#names).has(name);
  }

  async #listed(): Promise<Set<string>> {
    const names = new Set<string>();
    // All of it: a message that a backfill has sent is of a later hour than its object.
    for await (const entry of listed("unreadable/", this.io)) names.add(nameOf(entry));
    return names;
  }
}

/** Returns the name that an object has in the quarantine. */
export const quarantineName = (object: Parameters<typeof objectIdSuffix>[0]): string => objectIdSuffix(object).slice(1);

/**
 * Reads the ids of lines that the quarantine has as rejected.
 *
 * @param writtenHours in which the lines' objects were written, each as hours since the epoch
 * @param isWanted by the object's name in the quarantine
 * @param rejected gets the id that the line's document would have
 * @returns the objects of the quarantine that cannot be read
 * @throws StoppedError
 */
export async function readRejectedLines(
  writtenHours: Iterable<number>,
  isWanted: (name: string) => boolean,
  rejected: (id: string) => void,
  io: ObjectsIo,
): Promise<UnreadObject[]> {
  const unread: UnreadObject[] = [];
  for (const hour of writtenHours) {
    const [folder] = hours(hour * HOUR_MS, hour * HOUR_MS);
    for await (const entry of listed(`rejected/${folder}/`, io)) {
      if (!isWanted(nameOf(entry))) continue;
      try {
        for await (const id of idsIn(entry, io)) rejected(id);
      } catch (error) {
        if (!(error instanceof ObjectError) && !(error instanceof DamagedError)) throw error;
        unread.push({ key: entry.key, reason: error.message });
      }
    }
  }
  return unread;
}

async function* idsIn(entry: StoredObject, { quarantine }: ObjectsIo): AsyncGenerator<string> {
  const { chunks } = await quarantine.open(entry);
  let number = 0;
  for await (const text of gunzippedLines(chunks, entry.bytes, LINE_MAX_BYTES)) {
    number++;
    const { bucket, key, etag, line } = parsedObject(text) ?? {};
    const object = sourceObjectOf({ bucket, key, etag, size: undefined, region: undefined });
    if (typeof object === "string") throw new DamagedError(`line ${number} ${object}`);
    if (!isOffset(line)) throw new DamagedError(`line ${number} names no line`);
    yield line + objectIdSuffix(object);
  }
}

async function* listed(folder: string, { quarantine, quarantinePrefix }: ObjectsIo): AsyncGenerator<StoredObject> {
  try {
    yield* quarantine.list(`${quarantinePrefix}access-logs/${folder}`);
  } catch (error) {
    throw error instanceof StoppedError ? error : new StoppedError(listFailure(error, quarantine.name));
  }
}
