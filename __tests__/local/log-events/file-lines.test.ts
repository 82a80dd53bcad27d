import fc from "fast-check";
import { type FileLine, fileLines } from "../../../local/log-events/file-lines";
import { collect } from "../../support/log-events";

async function* chunksOf(content: Buffer, size: number) {
  for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
}

const read = (content: string | Buffer, size = 7) => collect(fileLines(chunksOf(Buffer.from(content), size)));
const texts = (lines: readonly FileLine[]) => lines.map(({ text }) => text);

describe("fileLines", () => {
  it("reads lines that end in LF or CRLF, the last one with or without", async () => {
    expect(texts(await read("one\r\ntwo\n\nüç 🐈"))).toEqual(["one", "two", "", "üç 🐈"]);
    expect(texts(await read("one\n"))).toEqual(["one"]);
    expect(await read("")).toEqual([]);
  });

  it("reads the same lines however the bytes are split", async () => {
    const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\n\r\uFEFF]/.test(text) && text.isWellFormed());
    const lines = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 9 }), async (all, size) => {
        const found = await read(all.map(([text, end]) => text + end).join(""), size);
        expect(found).toEqual(all.map(([text], n) => ({ number: n + 1, text, fault: undefined })));
      }),
    );
  });

  it("leaves out a byte order mark", async () => {
    expect(texts(await read("\uFEFFone\n\uFEFFtwo\n", 1))).toEqual(["one", "\uFEFFtwo"]);
  });

  it("reports lines that are not UTF-8, and reads the others", async () => {
    const content = Buffer.concat([Buffer.from("one\ngr"), Buffer.from([0xfc]), Buffer.from("n\nthree\n")]);
    expect(await read(content)).toMatchObject([
      { number: 1, text: "one" },
      { number: 2, text: undefined, fault: "not UTF-8" },
      { number: 3, text: "three" },
    ]);
  });

  it.each(["\n", "\r\n", ""])(
    "accepts the longest line that CloudWatch Logs accepts, ending in %j, and none longer",
    async (end) => {
      const longest = "x".repeat(1_048_550);
      expect(await read(`${longest}${end}`, 65_536)).toMatchObject([{ text: longest }]);
      expect(await read(`${longest}x${end}`, 65_536)).toMatchObject([
        { number: 1, text: undefined, fault: "too long" },
      ]);
      expect(await read(`\uFEFF${longest}${end}`, 65_536)).toMatchObject([{ text: longest }]);
    },
  );

  it("continues after a line that is too long", async () => {
    expect(await read(`${"x".repeat(3_000_000)}\ntwo`, 65_536)).toMatchObject([
      { fault: "too long" },
      { number: 2, text: "two" },
    ]);
  });

  it("keeps nothing of an endless line in memory", async () => {
    const chunk = Buffer.alloc(1_048_576, "x");
    async function* endless() {
      for (let n = 0; n < 6_000; n++) yield chunk;
    }
    // More than a Buffer can hold.
    expect(await collect(fileLines(endless()))).toEqual([{ number: 1, text: undefined, fault: "too long" }]);
  });

  it.each([
    ["gzip", "1f8b0800", "gunzip -c"],
    ["Zstandard", "28b52ffd", "zstd -dc"],
    ["UTF-16", "fffe6100", "iconv -f UTF-16 -t UTF-8"],
    ["UTF-16", "feff0061", "iconv -f UTF-16 -t UTF-8"],
  ])("rejects %s, and names the command that converts it", async (name, hex, command) => {
    await expect(read(Buffer.from(hex, "hex"))).rejects.toThrow(
      new RegExp(`^it is .*${name}.*; pipe the output of ${command} to --file -$`),
    );
  });
});
