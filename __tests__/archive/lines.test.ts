import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { gunzippedLines, lines } from "../../archive/lines";

const text = fc
  .array(fc.constantFrom("a", "ä", "🐈", "\n", "\r", "xyz"), { maxLength: 40 })
  .map((parts) => parts.join(""));
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

/** `bytes` in pieces that end at `where`, between 0 and 1. */
function pieces(bytes: Buffer, where: number[]): Buffer[] {
  const ends = [...where.map((at) => Math.floor(at * bytes.length)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

async function* asynchronous<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** What a reader of the whole text would see. */
function linesOf(whole: string): string[] {
  const all = whole.split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
}

describe("lines", () => {
  it("are those of the text, however it is cut", () =>
    fc.assert(
      fc.asyncProperty(text, cuts, async (whole, where) => {
        expect(await collected(lines(asynchronous(pieces(Buffer.from(whole), where)), 1000))).toEqual(linesOf(whole));
      }),
    ));

  it("rejects a line that is longer than the limit, before all of it is in memory", async () => {
    let taken = 0;
    async function* endless() {
      for (; ; taken++) yield Buffer.alloc(1000, "x");
    }
    await expect(collected(lines(endless(), 10_000))).rejects.toThrow(
      "has a line of more than 10000 bytes, 8 times what --record-max-bytes allows",
    );
    expect(taken).toBe(10);
    const within = [Buffer.from(`${"x".repeat(9_999)}\n`), Buffer.from("y".repeat(10_000))];
    expect(await collected(lines(asynchronous(within), 10_000))).toHaveLength(2);
  });
});

describe("gunzippedLines", () => {
  it("reads all members, however they and the bytes are cut", () =>
    fc.assert(
      fc.asyncProperty(text, cuts, cuts, async (whole, members, where) => {
        const zipped = Buffer.concat(pieces(Buffer.from(whole), members).map((member) => gzipSync(member)));
        const read = collected(gunzippedLines(asynchronous(pieces(zipped, where)), zipped.length, 1000));
        expect(await read).toEqual(linesOf(whole));
      }),
    ));

  it("rejects a gzip that lacks any of its end", async () => {
    const zipped = Buffer.concat([gzipSync("one\n"), gzipSync("two\n")]);
    const first = gzipSync("one\n").length;
    for (let length = 0; length < zipped.length; length++) {
      if (length === first) continue;
      const read = collected(gunzippedLines(asynchronous([zipped.subarray(0, length)]), length, 1000));
      await expect(read).rejects.toThrow("no whole gzip: unexpected end of file");
    }
  });

  it("rejects bytes that Node.js treats as padding, whatever follows them", async () => {
    const zipped = Buffer.concat([gzipSync("one\n"), Buffer.from([0]), gzipSync("two\n")]);
    await expect(collected(gunzippedLines(asynchronous([zipped]), zipped.length, 1000))).rejects.toThrow(
      /no whole gzip: \d+ bytes follow its last member/,
    );
  });

  it("passes on the error of a failed read", async () => {
    async function* broken() {
      yield gzipSync("one\n").subarray(0, 5);
      throw new Error("connection lost");
    }
    await expect(collected(gunzippedLines(broken(), 24, 1000))).rejects.toThrow("connection lost");
  });
});
