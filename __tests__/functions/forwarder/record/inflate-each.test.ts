import zlib, { gzipSync } from "node:zlib";
import fc from "fast-check";
import { type Inflated, inflateRecord, type Undecodable } from "../../../../functions/forwarder/record/inflate";
import { inflateEach } from "../../../../functions/forwarder/record/inflate-each";

const MAX_BYTES = 300_000;
const text = (bytes: number, letter = "x") => letter.repeat(bytes);
const gzip = (bytes: number) => gzipSync(text(bytes));

/** As gzipped, but it states that it inflates to so many bytes. */
function stating(data: Buffer, bytes: number): Buffer {
  const other = Buffer.from(data);
  other.writeUInt32LE(bytes, other.length - 4);
  return other;
}

/** Strings, because Jest compares buffers byte by byte. */
const readable = (one: Inflated | Undecodable) =>
  one.kind === "undecodable" ? one : { bytes: one.bytes.toString("latin1"), member: one.member?.toString("latin1") };

const inflatedAlone = (each: Buffer[]) => each.map((data) => readable(inflateRecord(data, MAX_BYTES)));
const inflated = (each: Buffer[]) => [...inflateEach(each, MAX_BYTES)].map(readable);

/** How often zlib is asked. */
function decompressions(each: Buffer[]): number {
  const spy = jest.spyOn(zlib, "gunzipSync");
  for (const _ of inflateEach(each, MAX_BYTES));
  const times = spy.mock.calls.length;
  spy.mockRestore();
  return times;
}

describe("inflateEach", () => {
  it("inflates small records together, and each large one by itself", () => {
    expect(decompressions(Array(100).fill(gzip(100)))).toBe(1);
    expect(decompressions([gzip(200_000), gzip(200_000), gzip(50_000)])).toBe(2);
    expect(decompressions([gzip(299_000), gzip(299_000)])).toBe(2);
  });

  it.each<[string, Buffer]>([
    ["no gzip", Buffer.from("text")],
    ["nothing", Buffer.alloc(0)],
    ["a few bytes of gzip", gzip(10).subarray(0, 3)],
    ["cut off", gzip(10).subarray(0, -5)],
    ["corrupt", Buffer.concat([gzip(10).subarray(0, -8), Buffer.alloc(8, 7)])],
    ["of two members", Buffer.concat([gzip(10), gzip(20)])],
    ["of two members, one of them empty", Buffer.concat([gzip(0), gzip(20)])],
    ["of two members, the last one empty", Buffer.concat([gzip(20), gzip(0)])],
    ["padded by zeros", Buffer.concat([gzip(10), Buffer.alloc(9)])],
    ["followed by something else", Buffer.concat([gzip(10), Buffer.from("more")])],
    ["followed by what may be its size", Buffer.concat([gzip(10), Buffer.from([0, 1, 1, 1, 10, 0, 0, 0])])],
    ["larger than it states", stating(gzip(1000), 3)],
    ["smaller than it states", stating(gzip(3), 1000)],
    ["too large", gzip(MAX_BYTES + 1)],
    ["empty", gzip(0)],
  ])("inflates neighbours of a record that is %s, and it, as each by itself", (_, odd) => {
    for (const each of [
      [odd, gzip(5)],
      [gzip(5), odd],
      [gzip(5), odd, gzip(6)],
      [odd, odd],
      [gzip(1), gzip(2), odd],
    ]) {
      expect(inflated(each)).toEqual(inflatedAlone(each));
    }
  });

  it("takes no record that is larger than the limit, however small that is", () => {
    const [large, small] = inflateEach([gzip(100), gzip(5)], 50);
    expect([large!.kind, small!.kind]).toEqual(["undecodable", "inflated"]);
  });

  it("inflates any records as each by itself", () => {
    const member = fc
      .tuple(fc.integer({ max: 150_000, min: 0 }), fc.constantFrom("a", "b"))
      .map(([bytes, letter]) => gzipSync(text(bytes, letter)));
    const small = fc.uint8Array({ maxLength: 60 }).map((bytes) => gzipSync(bytes));
    const data = fc.oneof(
      member,
      small,
      fc.tuple(small, small).map((two) => Buffer.concat(two)),
      fc.tuple(small, fc.nat(80), fc.nat(255)).map(([one, at, byte]) => {
        const changed = Buffer.from(one);
        if (at < changed.length) changed[at] = byte;
        return changed;
      }),
      fc.tuple(small, fc.nat(80)).map(([one, end]) => one.subarray(0, end)),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(data, { maxLength: 8 }), (each) => {
        expect(inflated(each)).toEqual(inflatedAlone(each));
      }),
      { numRuns: 300 },
    );
  });
});
