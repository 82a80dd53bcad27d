import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { StoredObject } from "../../archive/bucket";
import { DAY_MS } from "../../core/events/durations";
import type { QueriedEvent } from "../source";

/** Changes whenever the same object would become another file. */
const FORM = "1";

/** Beyond this size of all files, those that were not used for the longest time are deleted; in bytes. */
const MAX_CACHE_BYTES = 4 * 1024 ** 3;

/** Characters of events that are compressed at a time. */
const PIECE_LENGTH = 256 * 1024;

/** Of a finished file: no text of a key or an event is in it. */
const NAME = /^(?<hash>[0-9a-f]{64})\.(?<lineBytes>\d+)\.gz$/;

/** The events of an object, gzipped, as one JSON object a line. */
export interface EventFile {
  path: string;
  /** Of its longest line. */
  lineBytes: number;
}

/** Returns the folder that holds what was read of archives: `logging-pipeline/archive` of the user's caches. */
export function defaultCacheFolder({ XDG_CACHE_HOME }: Record<string, string | undefined>): string {
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "logging-pipeline", "archive");
}

/**
 * Keeps the events of objects on disk: a file for each version of an object, named by a hash of its place and ETag. It can be read by
 * its owner alone, gets its name when it is whole, and may be deleted at any time when nothing reads it.
 */
export class EventCache {
  private readonly files = new Map<string, EventFile>();
  private readonly used = new Set<string>();

  private constructor(
    /** Of files, and of nothing else. */
    readonly folder: string,
    private readonly place: string,
  ) {}

  /** @param place what else than bucket and key says which object it is: the endpoint */
  static async open(parent: string, place: string): Promise<EventCache> {
    const cache = new EventCache(join(parent, "events"), place);
    await mkdir(cache.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(cache.folder)) {
      const { hash, lineBytes } = NAME.exec(name)?.groups ?? {};
      if (hash) cache.files.set(hash, { path: join(cache.folder, name), lineBytes: Number(lineBytes) });
    }
    return cache;
  }

  /**
   * Returns the file of an object, which is written the first time.
   *
   * @param read yields all events of the object
   */
  async file(
    bucket: string,
    { key, etag }: StoredObject,
    read: () => AsyncIterable<QueriedEvent>,
  ): Promise<EventFile & { isNew: boolean }> {
    const hash = createHash("sha256")
      .update(JSON.stringify([FORM, this.place, bucket, key, etag]))
      .digest("hex");
    const known = this.files.get(hash);
    if (known) {
      this.used.add(known.path);
      const now = new Date();
      await utimes(known.path, now, now);
      return { ...known, isNew: false };
    }
    const unfinished = join(this.folder, `${hash}.${process.pid}.unfinished`);
    try {
      let lineBytes = 0;
      const counted = pieces(read(), (bytes) => {
        lineBytes = Math.max(lineBytes, bytes);
      });
      const output = createWriteStream(unfinished, { mode: 0o600 });
      await pipeline(Readable.from(counted), createGzip({ level: 1 }), output);
      const path = join(this.folder, `${hash}.${lineBytes}.gz`);
      await rename(unfinished, path);
      this.used.add(path);
      return { path, lineBytes, isNew: true };
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** Deletes what was not used for the longest time, beyond {@link MAX_CACHE_BYTES}, and what a killed process has left. */
  async prune(maxBytes = MAX_CACHE_BYTES, nowMs = Date.now()): Promise<void> {
    const found = await Promise.all(
      (await readdir(this.folder)).map(async (name) => {
        const path = join(this.folder, name);
        // Another process may have deleted it.
        const stats = await stat(path).catch(() => undefined);
        return stats?.isFile() ? [{ path, name, bytes: stats.size, usedMs: stats.mtimeMs }] : [];
      }),
    );
    let sum = 0;
    for (const { path, name, bytes, usedMs } of found.flat().sort((a, b) => b.usedMs - a.usedMs)) {
      sum += bytes;
      const isLeft = NAME.test(name) ? sum > maxBytes && !this.used.has(path) : nowMs - usedMs > DAY_MS;
      if (isLeft) await rm(path, { force: true });
    }
  }
}

/** Each line is as long in UTF-8 as its size says. @param onLine gets the size of each */
async function* pieces(events: AsyncIterable<QueriedEvent>, onLine: (bytes: number) => void): AsyncGenerator<string> {
  let piece = "";
  for await (const event of events) {
    const line = `${JSON.stringify(event)}\n`;
    onLine(Buffer.byteLength(line));
    piece += line;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
