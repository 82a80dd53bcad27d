import { isGone } from "./archive";
import { LimitError } from "./limited-lines";
import { s3Failure } from "./open-stored";

/** How soon an object that could not be read is tried again, in milliseconds. */
export const AGAIN_AFTER_MS = 30_000;

/** What objects that cannot be read may take of one round, about, in milliseconds: each may stall. */
const MAX_LOST_MS = 10_000;

/** What a listing says of objects, by key. */
export type DescribedObjects = ReadonlyMap<string, { readonly bytes: number; readonly eTag: string }>;

/** Reads each object once. One that cannot be read is named, keeps none of the others, and is tried again later. */
export class ReadOnce {
  /** ETag of each that was read, by key. */
  readonly #read = new Map<string, string>();
  /** Without a reason, it was gone. */
  readonly #unread = new Map<string, { readonly reason?: string; readonly againMs: number }>();

  /** @param now monotonic, in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Why objects cannot be read, by key: ends of sentences. */
  get unreadable(): ReadonlyMap<string, string> {
    return new Map([...this.#unread].flatMap(([key, { reason }]) => (reason === undefined ? [] : [[key, reason]])));
  }

  /** Takes these for read. */
  skip(objects: DescribedObjects): void {
    for (const [key, { eTag }] of objects) {
      this.#read.set(key, eTag);
      this.#unread.delete(key);
    }
  }

  /** Whether one that was read is gone, or another one by now. */
  isOutdated(objects: DescribedObjects): boolean {
    return [...this.#read].some(([key, eTag]) => objects.get(key)?.eTag !== eTag);
  }

  /**
   * Reads those of the objects that are new, and those that could not be read and are due.
   *
   * @param max objects that are read: the rest at the next round
   * @returns whether none is left to be read for the first time
   */
  async read(
    objects: DescribedObjects,
    readObject: (key: string, object: { readonly bytes: number }) => Promise<void>,
    max = Number.POSITIVE_INFINITY,
  ): Promise<boolean> {
    for (const key of this.#unread.keys()) if (!objects.has(key)) this.#unread.delete(key);
    for (const key of this.#read.keys()) if (!objects.has(key)) this.#read.delete(key);
    const againMs = (key: string) => this.#unread.get(key)?.againMs ?? Number.NEGATIVE_INFINITY;
    const begin = this.now();
    const isNew = ([key, { eTag }]: [string, { readonly eTag: string }]) => this.#read.get(key) !== eTag;
    const due = [...objects].filter((one) => isNew(one) && againMs(one[0]) <= begin);
    // What has failed before comes after the others.
    const sorted = due.toSorted(([a], [b]) => Math.sign(againMs(a) - againMs(b)) || 0);
    let [rounds, lostMs] = [0, 0];
    for (const [key, { eTag, bytes }] of sorted) {
      if (rounds++ >= max || lostMs > MAX_LOST_MS) break;
      const at = this.now();
      try {
        await readObject(key, { bytes });
        this.#read.set(key, eTag);
        this.#unread.delete(key);
      } catch (error) {
        const now = this.now();
        lostMs += now - at;
        // Deleted since it was listed.
        if (isGone(error)) this.#unread.set(key, { againMs: now });
        else this.#unread.set(key, { reason: unreadReason(error), againMs: now + AGAIN_AFTER_MS });
        // It would be too large again.
        if (error instanceof LimitError) this.#read.set(key, eTag);
      }
    }
    return [...objects].every((one) => !isNew(one) || this.#unread.has(one[0]));
  }
}

/** Says why an object could not be read: the end of a sentence. */
export const unreadReason = (error: unknown): string =>
  error instanceof LimitError ? error.message : s3Failure(error);
