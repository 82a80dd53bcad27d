import type { S3Client } from "@aws-sdk/client-s3";
import { inParallel } from "../../../core/concurrency/in-parallel";
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

  /**
   * @param sources undefined: nothing can be looked for yet
   * @param listEveryMs at most
   * @param now monotonic, in milliseconds
   */
  constructor(
    private readonly sources: () => Promise<QuarantineSources | undefined>,
    private readonly listEveryMs = LIST_EVERY_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

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
    const begin = this.now();
    if (begin >= this.#nextListMs) {
      await this.#list(sources);
      const end = this.now();
      this.#nextListMs = end + this.listEveryMs * Math.max(1, (end - begin) / USUAL_LISTING_MS);
    }
    for (const state of this.#places.values()) await this.#read(sources.s3, state);
  }

  /** Reads the entries of an object. @returns undefined when it is no longer what was listed */
  async entriesOf(
    s3: S3Client,
    place: QuarantinePlace,
    object: QuarantinedObject,
  ): Promise<readonly ShownEntry[] | undefined> {
    const name = `${place.bucket} ${object.key} ${object.eTag}`;
    const entries = this.#entries.get(name) ?? (await readQuarantined(s3, place, object));
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
        const listed = await listPlace(s3, place);
        state.problem = undefined;
        const eTags = new Map(listed.objects.map(({ key, eTag }) => [key, eTag]));
        for (const [key, { eTag }] of state.read) if (eTags.get(key) !== eTag) this.#forget(state, key);
        if (listed.count !== state.listed.count || listed.bytes !== state.listed.bytes) state.version++;
        state.listed = listed;
      } catch (error) {
        state.problem = `s3://${place.bucket}/${place.prefix} cannot be listed: ${(error as Error).message}.`;
      }
    }
    for (const name of this.#places.keys()) if (!names.has(name)) this.#places.delete(name);
  }

  async #read(s3: S3Client, state: PlaceState): Promise<void> {
    const { place, listed, read } = state;
    const unread = listed.objects.filter(({ key }) => !read.has(key)).slice(0, READ_AT_ONCE);
    try {
      await inParallel(CONCURRENT, unread, async (object) => {
        const entries = (await this.entriesOf(s3, place, object)) ?? [];
        const tallies = this.#tallying.tally(entries, MAX_IDS - this.#ids);
        this.#ids += idsIn(tallies);
        read.set(object.key, { ...object, tallies });
        state.version++;
      });
    } catch (error) {
      state.problem = `An object below s3://${place.bucket}/${place.prefix} cannot be read: ${(error as Error).message}.`;
    }
  }

  #forget(state: PlaceState, key: string): void {
    this.#ids -= idsIn(state.read.get(key)?.tallies ?? []);
    state.read.delete(key);
    state.version++;
  }
}

const idsIn = (tallies: readonly ReasonTally[]): number => tallies.reduce((sum, { ids }) => sum + ids.length, 0);
