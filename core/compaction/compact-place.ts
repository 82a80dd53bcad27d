import { inParallel } from "../concurrency/in-parallel";
import {
  compactedName,
  MANIFEST_BYTES,
  MAX_ORIGINALS,
  type Manifest,
  originalId,
  readManifest,
} from "./compacted-object";
import { CompactedWriter } from "./compacted-writer";
import type { CompactionBucket, ListedObject, ObjectContent } from "./compaction-bucket";
import { CompactionError } from "./compaction-error";
import { DamagedGzipError, inflatedPieces } from "./inflated-pieces";
import { digestOfGzip } from "./lines-digest";
import { readAhead } from "./read-ahead";

/** The objects of an hour and a log group or stream, each in the order of their keys. */
export interface CompactionPlace {
  /** Ends in `/`. */
  prefix: string;
  originals: readonly ListedObject[];
  compacted: readonly (ListedObject & { number: number })[];
}

export interface PlaceIo {
  bucket: CompactionBucket;
  /** A compacted object is ended when what it is made of has as many bytes. @default PART_BYTES */
  partBytes?: number;
  /** @throws CompactionError when no time is left */
  checkTime(): void;
  /** Something was done. */
  did(what: "read" | "wrote" | "deleted", objects: number, bytes: number): void;
  /** An object stays as it is, because it is no gzip. */
  damaged(key: string, reason: string): void;
  /** Another run compacts the same objects, which are left to it. */
  contended(prefix: string): void;
}

/** What a compacted object is made of, in bytes: far above 128 KB, and twice in the function's memory. */
const PART_BYTES = 64 * 1024 * 1024;

/** An object as large, in bytes, stays as it is: nothing is saved. */
export const MAX_ORIGINAL_BYTES = PART_BYTES / 2;

/** Of one alone, nothing is saved. */
const MIN_ORIGINALS = 2;

/** Deletions at the same time. */
const DELETIONS = 32;

/**
 * Makes few objects of many. It may be ended between any two requests, run again, and run twice at the same time: each line is then in
 * exactly one object, or in two of which one will be deleted.
 *
 * @throws CompactionError
 */
export async function compactPlace(place: CompactionPlace, io: PlaceIo): Promise<void> {
  const { prefix, compacted } = place;
  const rest = await finishEarlier(place, io);
  if (rest.length < MIN_ORIGINALS) return;
  // Nobody overwrites a number, so who writes the next one knows the manifests of all before it.
  let number = compacted.reduce((next, object) => Math.max(next, object.number + 1), 0);
  const contents = readAhead(rest, (object) => io.bucket.read(object));
  for (;;) {
    const part = await nextPart(contents, io);
    if (!part || part.originals.length < MIN_ORIGINALS) return;
    const key = prefix + compactedName(number++);
    const { body, manifest, metadata } = await part.writer.end();
    if (!(await io.bucket.create(key, body, metadata))) {
      io.contended(prefix);
      return;
    }
    io.did("wrote", 1, body.length);
    await finish(key, manifest, part.originals, io);
  }
}

/**
 * Deletes what earlier runs have compacted and not deleted.
 *
 * @returns the other originals
 */
async function finishEarlier({ originals, compacted }: CompactionPlace, io: PlaceIo): Promise<readonly ListedObject[]> {
  let rest = originals;
  for (const object of rest.length > 0 ? compacted : []) {
    io.checkTime();
    const manifest = readManifest((await io.bucket.read(object, MANIFEST_BYTES))?.body ?? NOTHING);
    if (!manifest) throw unreadable(object.key, "has no manifest that this version can read");
    const included = rest.filter((original) => manifest.originals.has(originalId(original)));
    if (included.length === 0) continue;
    await finish(object.key, manifest, included, io);
    rest = rest.filter((original) => !included.includes(original));
  }
  return rest;
}

const NOTHING = Buffer.alloc(0);

interface Part {
  writer: CompactedWriter;
  originals: ListedObject[];
}

/** Takes objects for the next compacted object. @returns undefined when none is left */
async function nextPart(
  contents: AsyncIterator<[ListedObject, ObjectContent | undefined], void>,
  io: PlaceIo,
): Promise<Part | undefined> {
  const { partBytes = PART_BYTES } = io;
  const part: Part = { writer: new CompactedWriter(), originals: [] };
  let bytes = 0;
  while ((bytes < partBytes || part.originals.length < MIN_ORIGINALS) && part.originals.length < MAX_ORIGINALS) {
    io.checkTime();
    const { done, value } = await contents.next();
    if (done) return part.originals.length > 0 ? part : undefined;
    const [object, content] = value;
    // Overwritten or deleted since it was listed: the next run sees what there is then.
    if (!content) continue;
    io.did("read", 1, content.body.length);
    if (!(await isWhole(object, content.body, io))) continue;
    await part.writer.add(content, originalId(object));
    part.originals.push(object);
    bytes += content.body.length;
  }
  return part;
}

/** Before anything of it is written: the lines of a damaged object stay where they are, all of them. */
async function isWhole({ key }: ListedObject, gzip: Buffer, io: PlaceIo): Promise<boolean> {
  try {
    for await (const _ of inflatedPieces(gzip)) io.checkTime();
    return true;
  } catch (error) {
    if (!(error instanceof DamagedGzipError)) throw error;
    io.damaged(key, error.message);
    return false;
  }
}

/** Reads a compacted object back, and deletes the objects whose lines it has if all are there. */
async function finish(key: string, manifest: Manifest, originals: readonly ListedObject[], io: PlaceIo): Promise<void> {
  const { body } = (await io.bucket.read({ key })) ?? {};
  if (!body) throw unreadable(key, "is gone");
  io.did("read", 1, body.length);
  const written = readManifest(body);
  const found = await digestOfGzip(body).catch((error: unknown) => {
    if (error instanceof DamagedGzipError) throw unreadable(key, error.message);
    throw error;
  });
  const isEqual = found.lines === manifest.lines && found.digest.equals(manifest.digest);
  if (!isEqual || !originals.every((original) => written?.originals.has(originalId(original)))) {
    throw unreadable(key, "has other lines than the objects that it was made of");
  }
  await inParallel(DELETIONS, originals, async (original) => {
    if (await io.bucket.remove(original)) io.did("deleted", 1, original.bytes);
  });
}

const unreadable = (key: string, why: string): CompactionError =>
  new CompactionError(
    "ARCHIVE_NOT_COMPACTED",
    `${key} ${why}. Nothing that it was made of is deleted because of it. If the objects beside it are there, delete it: the next run makes it again.`,
  );
