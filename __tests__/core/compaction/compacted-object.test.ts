import { execFileSync } from "node:child_process";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  compactedName,
  compactedNumber,
  isOriginalName,
  MANIFEST_BYTES,
  MAX_ORIGINALS,
  manifestHeader,
  originalId,
  readManifest,
} from "../../../core/compaction/compacted-object";
import { CompactedWriter } from "../../../core/compaction/compacted-writer";
import { digestOfGzip } from "../../../core/compaction/lines-digest";

const ids = (count: number) =>
  new Set(Array.from({ length: count }, (_, i) => originalId({ key: `a/${i}`, etag: "e" })));

describe("a compacted object", () => {
  it("has a manifest of up to 4,000 originals, which is read from its start", () => {
    for (const count of [0, 1, MAX_ORIGINALS]) {
      const manifest = { digest: Buffer.alloc(32, 7), lines: 2 ** 40, originals: ids(count) };
      const header = manifestHeader(manifest);
      expect(header.length).toBeLessThanOrEqual(MANIFEST_BYTES);
      expect(readManifest(Buffer.concat([header, Buffer.from("data")]))).toEqual(manifest);
      expect(readManifest(header.subarray(0, -1))).toBeUndefined();
    }
  });

  it("is told from other objects", () => {
    const header = manifestHeader({ digest: Buffer.alloc(32), lines: 0, originals: ids(2) });
    expect(readManifest(Buffer.alloc(0))).toBeUndefined();
    expect(readManifest(gzipSync("x".repeat(100)))).toBeUndefined();
    for (const [at, byte] of [
      [12, 88],
      [16, 2],
    ] as const) {
      const other = Buffer.from(header);
      other[at] = byte;
      expect(readManifest(other)).toBeUndefined();
    }
  });

  it("has a name that sorts before those of shards, by its number", () => {
    const names = [0, 9, 10, 999_999].map(compactedName);
    expect([...names, "shardId-000000000000-1.gz"].sort()).toEqual([...names, "shardId-000000000000-1.gz"]);
    expect(names.map(compactedNumber)).toEqual([0, 9, 10, 999_999]);
    expect(compactedNumber("shardId-000000000000-000001.gz")).toBeUndefined();
    expect(names.some(isOriginalName)).toBe(false);
    expect(["shardId-000000000000-495.gz", "shardId-000000000001-495.7.gz"].every(isOriginalName)).toBe(true);
    expect(["notes.gz", "shardId-1.txt", "a/shardId-0-1.gz"].some(isOriginalName)).toBe(false);
  });

  it("knows an original by name and ETag, in whatever folder", () => {
    const id = originalId({ key: "a/b/shardId-0-1.gz", etag: '"e"' });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(originalId({ key: "c/shardId-0-1.gz", etag: "e" })).toBe(id);
    expect(originalId({ key: "a/b/shardId-0-1.gz", etag: '"f"' })).not.toBe(id);
    expect(originalId({ key: "a/b/shardId-0-2.gz", etag: '"e"' })).not.toBe(id);
  });

  it("holds the bytes of any objects, in one member, for Node.js and for gzip", async () => {
    const gzip = fc.uint8Array({ maxLength: 300 }).map((bytes) => gzipSync(bytes));
    await fc.assert(
      fc.asyncProperty(fc.array(gzip, { maxLength: 5 }), async (objects) => {
        const writer = new CompactedWriter();
        for (const [i, body] of objects.entries()) await writer.add({ body, metadata: {} }, `${i}`.padStart(32, "0"));
        const { body, manifest } = await writer.end();

        const texts = objects.map((object) => gunzipSync(object));
        const ended = texts.map((text) =>
          text.length > 0 && text.at(-1) !== 10 ? Buffer.concat([text, Buffer.from("\n")]) : text,
        );
        const whole = Buffer.concat(ended);
        expect(gunzipSync(body).equals(whole)).toBe(true);
        expect(await digestOfGzip(body)).toEqual({ digest: manifest.digest, lines: manifest.lines });
        expect(manifest.lines).toBe(whole.filter((byte) => byte === 10).length);
      }),
      { numRuns: 50 },
    );
    const writer = new CompactedWriter();
    for (const line of ["a", "b"]) await writer.add({ body: gzipSync(line), metadata: {} }, "0".repeat(32));
    expect(execFileSync("gzip", ["-dc"], { input: (await writer.end()).body }).toString()).toBe("a\nb\n");
  });
});
