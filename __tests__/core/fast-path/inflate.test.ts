import { constants, crc32, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { inflateMember } from "../../../core/fast-path/fast-path-record";
import { FAST_PATH_RUNS } from "../../support/any-envelope";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 40);

const MIB = 1024 * 1024;
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;

/** Of few letters and of many, with near and far repetitions. */
const anyBytes = fc
  .tuple(fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 700 }), fc.nat(40_000))), fc.constantFrom(2, 16, 256))
  .map(([runs, letters]) => {
    const bytes: number[] = [];
    for (const [seed, length, distance] of runs) {
      for (let i = 0; i < length; i++) bytes.push((bytes.at(-distance - 1) ?? seed * i + (i >> 3)) % letters);
    }
    return Buffer.from(bytes);
  })
  .filter(({ length }) => length > 0);

const anyGzip = fc
  .record({
    bytes: anyBytes,
    level: fc.integer({ min: 0, max: 9 }),
    memLevel: fc.integer({ min: 1, max: 9 }),
    windowBits: fc.integer({ min: 9, max: 15 }),
    strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED),
  })
  .map(({ bytes, ...options }) => ({ bytes, gzip: gzipSync(bytes, options) }));

/** What zlib makes of gzip of which it reads each byte. */
function byZlib(data: Buffer): Buffer | undefined {
  try {
    const { buffer, engine } = gunzipSync(data, { info: true, maxOutputLength: 16 * MIB } as object) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return engine.bytesWritten === data.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

/** Gives gzip the trailer of what its blocks inflate to, if they do. */
function withItsTrailer(gzip: Buffer): Buffer {
  const data = Buffer.from(gzip);
  try {
    const bytes = inflateRawSync(data.subarray(HEADER_BYTES, -TRAILER_BYTES), { maxOutputLength: 16 * MIB });
    data.writeUInt32LE(crc32(bytes), data.length - 8);
    data.writeUInt32LE(bytes.length, data.length - 4);
  } catch {
    // Whatever its trailer says.
  }
  return data;
}

/** Gzip of blocks, given bit by bit in their order, that come to `size` bytes. */
function gzipOf(bits: string, size: number): Buffer {
  const blocks = bits.replaceAll(" ", "").match(/.{1,8}/g) ?? [];
  const bytes = blocks.map((byte) => Number.parseInt([...byte].reverse().join(""), 2));
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(size, 4);
  return withItsTrailer(Buffer.concat([gzipSync("").subarray(0, HEADER_BYTES), Buffer.from(bytes), trailer]));
}

/** Of fixed codes: the last block's start, an `a`, a length of 3, the end of the block. */
const [FIXED, A, LENGTH, END] = ["1 10", "10010001", "0000001", "0000000"];

/** The last block's start, with codes of its own: for `a` and the end of the block, and none for distances. */
const NO_DISTANCES = `1 01 00000 00000 0111 000 000 100 010 ${"000".repeat(13)} 010 0 0110101 11 0 1111111 0 1001000 11 10`;

/** The same for `a`, the end of the block and a length of 3, and for a distance of 1. */
const ONE_DISTANCE = `1 01 10000 00000 0111 000 000 100 ${"000".repeat(12)} 010 000 010 0 0110101 10 0 1111111 0 1001000 11 11 10`;

const own = (data: Buffer, maxBytes = 16 * MIB) => {
  const bytes = inflateMember(data, maxBytes);
  return bytes && Buffer.from(bytes);
};

describe("inflateMember", () => {
  it("inflates whatever zlib compresses, at each level and by each strategy", () => {
    fc.assert(
      fc.property(anyGzip, ({ bytes, gzip }) => own(gzip)?.equals(bytes) === true),
      { numRuns: FAST_PATH_RUNS / 4 },
    );
  });

  it("leaves damaged gzip to zlib, or makes the same of it", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anyGzip, damage, fc.boolean(), ({ gzip }, bits, isNearStart) => {
        const data = Buffer.from(gzip);
        const blocks = data.length - HEADER_BYTES - TRAILER_BYTES;
        for (const [at, bit] of bits) {
          data[HEADER_BYTES + (at % Math.min(blocks, isNearStart ? 60 : blocks))]! ^= 1 << bit;
        }
        const sound = withItsTrailer(data);
        for (const one of [data, sound]) expectAsZlib(one);
      }),
      { numRuns: FAST_PATH_RUNS / 4 },
    );
  });

  it.each([
    ["a fixed block", `${FIXED} ${A} ${A} ${A} ${END}`, "aaa"],
    ["a repetition of what it repeats", `${FIXED} ${A} ${LENGTH} 00000 ${END}`, "aaaa"],
    ["an empty block before another", `0 10 ${END} ${FIXED} ${A} ${END}`, "a"],
    ["a block without distances", `${NO_DISTANCES} 0 0 0 1`, "aaa"],
    ["a block of one distance", `${ONE_DISTANCE} 0 11 0 10`, "aaaa"],
  ])("inflates %s", (_, bits, text) => {
    const data = gzipOf(bits, text.length);
    expect(own(data)?.toString()).toBe(text);
    expect(byZlib(data)?.toString()).toBe(text);
  });

  it.each([
    ["a distance before the first byte", `${FIXED} ${A} ${LENGTH} 00001 ${END}`],
    ["a distance that no fixed code has", `${FIXED} ${A} ${LENGTH} 11110 ${END}`],
    ["a distance where there are none", `${ONE_DISTANCE} 0 11 1 10`],
    ["a length that no fixed code has", `${FIXED} ${A} 11000110 00000 ${END}`],
    ["a block of the reserved type", "1 11"],
    ["a stored block whose lengths differ", `1 00 00000 10000000 00000000 ${"1".repeat(16)} 10000110`],
    ["a stored block that goes on in the trailer", "1 00 00000 00100000 00000000 11011111 11111111"],
    ["more lengths than there are", `1 01 11111 00000 0111 ${"000".repeat(18)}`],
    ["codes without code lengths", `1 01 00000 00000 0111 ${"000".repeat(18)}`],
    ["more codes than their lengths have room for", `1 01 00000 00000 0111 ${"100".repeat(18)}`],
    ["no blocks", ""],
    ["a block that does not end", `${FIXED} ${A} ${A} ${A}`],
    ["another block after the last one", `${FIXED} ${A} ${END} 000000 ${FIXED} ${A} ${END}`],
  ])("leaves %s to zlib", (_, bits) => {
    for (const size of [1, 3, 4, 300]) {
      const data = gzipOf(bits, size);
      expect(own(data)).toBeUndefined();
      expect(byZlib(data)).toBeUndefined();
    }
  });

  const gzip = gzipSync("the bytes of a record");
  const changed = (at: number, byte: number) => {
    const data = Buffer.from(gzip);
    data[at < 0 ? data.length + at : at] = byte;
    return data;
  };

  it.each([
    ["another CRC", changed(-8, gzip.at(-8)! ^ 1)],
    ["a smaller size", changed(-4, 20)],
    ["a larger size", changed(-4, 22)],
    ["a size of gigabytes", changed(-1, 255)],
    ["a size of nothing", gzipSync("")],
    ["another method", changed(2, 7)],
    ["a header with optional fields", changed(3, 8)],
    ["text", Buffer.from("the bytes of a record")],
    ["nothing", Buffer.alloc(0)],
    ["a part of it", gzip.subarray(0, -1)],
    ["zeros after it", Buffer.concat([gzip, Buffer.alloc(4)])],
    ["another member after it", Buffer.concat([gzip, gzip])],
    ["an empty member before it", Buffer.concat([gzipSync(""), gzip])],
  ])("leaves %s to zlib", (_, data) => {
    expect(own(data)).toBeUndefined();
  });

  it("leaves what is larger than it may be to zlib", () => {
    expect(own(gzip, 21)?.toString()).toBe("the bytes of a record");
    expect(own(gzip, 20)).toBeUndefined();
  });

  it("leaves what has no room in its memory to zlib", () => {
    expect(own(gzipSync(Buffer.alloc(2 * MIB)))).toHaveLength(2 * MIB);
    expect(own(gzipSync(Buffer.alloc(15 * MIB)))).toBeUndefined();
  });
});

function expectAsZlib(data: Buffer): void {
  const bytes = own(data);
  const expected = byZlib(data);
  // An empty one is always left to it.
  if (bytes || expected?.length) expect(bytes?.equals(expected!)).toBe(true);
}
