import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type { CompactionBucket, ListedObject } from "../../core/compaction/compaction-bucket";

/** Lines as the forwarder archives them: each in a member, and a newline in one of its own. */
export const archivedLines = (lines: readonly string[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [gzipSync(line), gzipSync("\n")]));

/** A bucket with S3's conditional requests, in memory. */
export class ConditionalBucket {
  readonly objects = new Map<string, Buffer>();
  readonly metadata = new Map<string, Readonly<Record<string, string>>>();
  readonly requests: string[] = [];
  hasLock = false;

  put(key: string, lines: readonly string[]): void {
    this.objects.set(key, archivedLines(lines));
  }

  keys(): string[] {
    return [...this.objects.keys()].sort();
  }

  /** The lines of all objects, in the order of their keys. */
  lines(): string[] {
    return this.keys().flatMap((key) => gunzipSync(this.objects.get(key)!).toString().split("\n").slice(0, -1));
  }

  /** @param send performs a request, when and if it likes */
  client(send: <T>(perform: () => T) => Promise<T> = async (perform) => perform()): CompactionBucket {
    const { objects, requests } = this;
    const request = <T>(name: string, perform: () => T) =>
      send(() => {
        requests.push(name);
        return perform();
      });
    const isCurrent = (key: string, etag?: string) =>
      objects.has(key) && (etag === undefined || etagOf(objects.get(key)!) === etag);
    const listed = (prefix: string): ListedObject[] =>
      this.keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ key, etag: etagOf(objects.get(key)!), bytes: objects.get(key)!.length }));
    return {
      isLocked: () => request("GET ?object-lock", () => this.hasLock),
      async *list(prefix) {
        yield* await request(`LIST ${prefix}`, () => listed(prefix));
      },
      read: ({ key, etag }, maxBytes) =>
        request(`GET ${key}`, () => {
          if (!isCurrent(key, etag)) return undefined;
          return { body: objects.get(key)!.subarray(0, maxBytes), metadata: this.metadata.get(key) ?? {} };
        }),
      create: (key, body, metadata) =>
        request(`PUT ${key}`, () => {
          if (objects.has(key)) return false;
          objects.set(key, body);
          this.metadata.set(key, metadata);
          return true;
        }),
      remove: ({ key, etag }) => request(`DELETE ${key}`, () => isCurrent(key, etag) && objects.delete(key)),
    };
  }
}

const etagOf = (body: Buffer): string => `"${createHash("md5").update(body).digest("hex")}"`;
