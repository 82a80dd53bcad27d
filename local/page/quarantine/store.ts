import type { S3Client } from "@aws-sdk/client-s3";
import { inParallel } from "../../../core/concurrency/in-parallel";
import { s3Failure } from "../../delivery/open-stored";
import { AGAIN_AFTER_MS } from "../../delivery/read-once";
import { type ListedPlace, listPlace } from "./list-objects";
import type { QuarantinedObject, QuarantinePlace } from "./place";
import { readQuarantined, type ShownEntry } from "./read-object";
import { type ReasonTally, Tallying } from "./tallies";

/** How often places are listed, in milliseconds. */
const LIST_EVERY_MS = 4_000;

/** One that takes longer is made as much more rarely. */
const USUAL_LISTING_MS = 400;

/** Objects that are read between two updates of the page, and at a time. */
const READ_AT_ONCE = 40;
const CONCURRENT = 4;

/** Ids that are remembered of all objects: some 100 bytes each. */
const MAX_IDS = 20_000;

/** Entries of objects that were read last, which are remembered with the beginnings of their texts. */
const MAX_REMEMBERED = 2_000;

/** An object that was read. */
export interface TalliedObject extends QuarantinedObject {
  readonly tallies: readonly ReasonTally[];
  /** When it is tried again, because S3 has not given all of it; monotonic, in milliseconds. */
  readonly againMs?: number;
}

/** What is known of a place. */
export interface KnownPlace {
  readonly place: QuarantinePlace;
  readonly listed: ListedPlace;
  /** Those of the listing that are read. */
  readonly objects: readonly TalliedObject[];
  /** Another number whenever something has changed. */
  readonly version: number;
}

export interface QuarantineSources {
  readonly s3: S3Client;
  readonly places: readonly QuarantinePlace[];
}

export interface QuarantineTimes {
  /** How often places are listed at most, in milliseconds. @default 4,000 */
  readonly listEveryMs?: number | undefined;
  /** How long S3 may take for a listing or an object, in milliseconds. @default 60,000 and 20,000 */
  readonly timeoutMs?: number | undefined;
  /** Monotonic, in milliseconds. @default performance.now */
  now?(): number;
}

interface PlaceState {
  place: QuarantinePlace;
  listed: ListedPlace;
  readonly read: Map<string, TalliedObject>;
  version: number;
  problem: string | undefined;
}

/** Knows what is in quarantine, in bounded memory: lists it from time to time, and reads each object once. */
export class QuarantineStore {
  readonly #places = new Map<string, PlaceState>();
  readonly #tallying = new Tallying();
  /** By bucket, key and ETag; the least recently used first. */
  readonly #entries = new Map<string, readonly ShownEntry[]>();
  #ids = 0;
  #nextListMs = Number.NEGATIVE_INFINITY;
  #problem: string | undefined;

  readonly #listEveryMs: number;
  readonly #timeoutMs: number | undefined;
  readonly #now: () => number;

  /** @param sources undefined: nothing can be looked for yet */
  constructor(
    private readonly sources: () => Promise<QuarantineSources | undefined>,
    { listEveryMs = LIST_EVERY_MS, timeoutMs, now = () => performance.now() }: QuarantineTimes = {},
  ) {
    [this.#listEveryMs, this.#timeoutMs, this.#now] = [listEveryMs, timeoutMs, now];
  }

  /** Undefined until it was listed for the first time. */
  get places(): readonly KnownPlace[] | undefined {
    if (this.#nextListMs === Number.NEGATIVE_INFINITY) return undefined;
    return [...this.#places.values()].map(({ place, listed, read, version }) => ({
      ...{ place, listed, version },
      objects: listed.objects.flatMap(({ key }) => read.get(key) ?? []),
    }));
  }

  /** Why something may be missing, as sentences. */
  get problems(): readonly string[] {
    return [this.#problem, ...[...this.#places.values()].map(({ problem }) => problem)].filter(
      (one) => one !== undefined,
    );
  }

  /** The reason that an entry is counted by. */
  reasonOf(entry: ShownEntry): string {
    return this.#tallying.reasonOf(entry).id;
  }

  /** Lists if it is time to, and reads some of the objects that are not read yet. Never throws: `problems` says what is missing. */
  async update(): Promise<void> {
    const sources = await this.sources().catch((error: Error) => {
      this.#problem = `What is applied cannot be read: ${error.message}.`;
      return undefined;
    });
    if (!sources) return;
    this.#problem = undefined;
    const begin = this.#now();
    if (begin >= this.#nextListMs) {
      await this.#list(sources);
      const end = this.#now();
      this.#nextListMs = end + this.#listEveryMs * Math.max(1, (end - begin) / USUAL_LISTING_MS);
    }
    for (const state of this.#places.values()) await this.#read(sources.s3, state);
  }

  /** Reads the entries of an object. @returns undefined when it is no longer what was listed */
  async entriesOf(
    s3: S3Client,
    place: QuarantinePlace,
    object: QuarantinedObject,
  ): Promise<readonly ShownEntry[] | undefined> {
    const name = nameOf(place, object);
    const timeoutMs = this.#timeoutMs;
    const entries = this.#entries.get(name) ?? (await readQuarantined(s3, place, object, { timeoutMs }));
    this.#entries.delete(name);
    if (!entries || entries.length > MAX_REMEMBERED) return entries;
    this.#entries.set(name, entries);
    let remembered = 0;
    for (const { length } of this.#entries.values()) remembered += length;
    for (const [oldest, { length }] of this.#entries) {
      if (remembered <= MAX_REMEMBERED) break;
      this.#entries.delete(oldest);
      remembered -= length;
    }
    return entries;
  }

  async #list({ s3, places }: QuarantineSources): Promise<void> {
    const names = new Set<string>();
    for (const place of places) {
      const name = `${place.kind} ${place.bucket} ${place.prefix}`;
      names.add(name);
      const state = this.#places.get(name) ?? {
        ...{ place, listed: { objects: [], count: 0, bytes: 0, isCutOff: false } },
        ...{ read: new Map<string, TalliedObject>(), version: 0, problem: undefined },
      };
      this.#places.set(name, state);
      state.place = place;
      try {
        const listed = await listPlace(s3, place, { timeoutMs: this.#timeoutMs });
        state.problem = undefined;
        const eTags = new Map(listed.objects.map(({ key, eTag }) => [key, eTag]));
        for (const [key, { eTag }] of state.read) if (eTags.get(key) !== eTag) this.#forget(state, key);
        if (listed.count !== state.listed.count || listed.bytes !== state.listed.bytes) state.version++;
        state.listed = listed;
      } catch (error) {
        state.problem = `s3://${place.bucket}/${place.prefix} cannot be listed: ${s3Failure(error)}.`;
      }
    }
    for (const name of this.#places.keys()) if (!names.has(name)) this.#places.delete(name);
  }

  /** One that S3 does not give keeps none of the others. */
  async #read(s3: S3Client, state: PlaceState): Promise<void> {
    const { place, listed, read } = state;
    const now = this.#now();
    const unread = listed.objects.filter(({ key }) => !read.has(key)).slice(0, READ_AT_ONCE);
    // They may stall once more: after the others, and few at a time.
    const again = listed.objects
      .filter(({ key }) => now >= (read.get(key)?.againMs ?? Number.POSITIVE_INFINITY))
      .slice(0, CONCURRENT);
    for (const object of again) this.#entries.delete(nameOf(place, object));
    await inParallel(CONCURRENT, [...unread, ...again], async (object) => {
      const entries = await this.entriesOf(s3, place, object);
      const before = read.get(object.key);
      this.#ids -= idsIn(before?.tallies ?? []);
      const tallies = this.#tallying.tally(entries ?? [], MAX_IDS - this.#ids);
      this.#ids += idsIn(tallies);
      const mayPass = !entries || entries.at(-1)?.mayPass === true;
      const againMs = mayPass ? { againMs: this.#now() + AGAIN_AFTER_MS } : {};
      read.set(object.key, { ...object, tallies, ...againMs });
      // What is shown is read anew for each version.
      if (!before || !mayPass || JSON.stringify(before.tallies) !== JSON.stringify(tallies)) state.version++;
    });
  }

  #forget(state: PlaceState, key: string): void {
    this.#ids -= idsIn(state.read.get(key)?.tallies ?? []);
    state.read.delete(key);
    state.version++;
  }
}

const nameOf = ({ bucket }: QuarantinePlace, { key, eTag }: QuarantinedObject): string => `${bucket} ${key} ${eTag}`;

const idsIn = (tallies: readonly ReasonTally[]): number => tallies.reduce((sum, { ids }) => sum + ids.length, 0);
