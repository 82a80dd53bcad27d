import zlib, { gzipSync } from "node:zlib";
import { CHUNK_LIMITS } from "../../../../core/sources/s3/object-chunk";
import { chunksOf, chunkTexts, readAtOnce } from "../../../support/object-lines";

const gzip = (content: string) => gzipSync(content);
const textsOf = async (stored: Buffer, settings = {}) =>
  (await readAtOnce(stored, settings)).lines.map(([, text]) => text);

/** Changes a byte, counted from the end. */
function damaged(stored: Buffer, fromEnd: number): Buffer {
  const copy = Buffer.from(stored);
  copy[copy.length - fromEnd]! ^= 0xff;
  return copy;
}

const FIRST = "a\n".repeat(100);
/** Lines that hardly compress, so that a cut is within the deflated data. */
const SECOND = Array.from({ length: 20_000 }, (_, i) => `${i} ${Math.imul(i, 0x9e3779b1).toString(36)}\n`).join("");

describe("an object's content", () => {
  it("is gzip by its first two bytes, of any number of members, with zeros behind them", async () => {
    const members = Array.from({ length: 3000 }, (_, i) => gzip(`line ${i}\n`));
    const stored = Buffer.concat([...members, gzip(""), Buffer.alloc(10_000)]);
    expect(await textsOf(stored)).toEqual(members.map((_, i) => `line ${i}`));
    expect(await textsOf(stored, { partBytes: 777 })).toHaveLength(3000);
  });

  it("is inflated in time that grows with its size alone, even if small members hold what looks like the start of one", async () => {
    // Stored, not deflated: the bytes are in the object as they are.
    const fake = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("\n")]);
    const members = [...Array(500).fill(gzip("a\n")), gzipSync(fake, { level: 0 })];
    const stored = Buffer.concat(Array(20).fill(Buffer.concat(members)));
    const inflate = jest.spyOn(zlib, "gunzipSync");
    try {
      expect(await textsOf(stored)).toHaveLength(20 * members.length);
      expect(inflate.mock.calls.length).toBeLessThanOrEqual(stored.length / (64 * 1024) + 2);
    } finally {
      inflate.mockRestore();
    }
  });

  it.each([
    ["truncated gzip", -1, gzip(SECOND).subarray(0, -1)],
    ["truncated gzip", -1, gzip(SECOND).subarray(0, -8)],
    ["truncated gzip", -1, gzip(SECOND).subarray(0, -1000)],
    ["truncated gzip", 0, gzip(SECOND).subarray(0, 5)],
    ["damaged gzip: a wrong checksum", 20_000, damaged(gzip(SECOND), 8)],
    ["damaged gzip: a wrong size", 20_000, damaged(gzip(SECOND), 4)],
    [
      "damaged gzip: no deflated data",
      0,
      Buffer.concat([gzip("").subarray(0, 10), Buffer.from([7]), Buffer.alloc(99)]),
    ],
    ["damaged gzip: unknown method or flags", 0, Buffer.concat([Buffer.from([0x1f, 0x8b, 9]), Buffer.alloc(99)])],
    ["bytes that are no gzip follow a gzip member", 20_000, Buffer.concat([gzip(SECOND), Buffer.from("\0\0garbage")])],
  ])("has the lines before its end, and is %s (%i lines)", async (reason, lines, second) => {
    const { lines: read, failure } = await readAtOnce(Buffer.concat([gzip(FIRST), second]));
    expect(failure).toMatchObject({ outcome: "quarantined", code: "OBJECT_UNREADABLE", reason });
    const more = read.length - 100;
    if (lines >= 0) expect(more).toBe(lines);
    else expect(more).toBeGreaterThan(18_000);
    expect(read.map(([, text]) => text)).toEqual([...Array(100).fill("a"), ...SECOND.split("\n").slice(0, more)]);
  });

  it.each([
    ["is Parquet", Buffer.from("PAR1\x15\x04")],
    ["is ORC", Buffer.from("ORC\x0a\x1b\x00\x01")],
    ["is bzip2", Buffer.from("BZh91AY&SY\x01\xff", "latin1")],
    ["is xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ["is zip", Buffer.from("PK\x03\x04")],
    ["is zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1])],
    ["gzip within gzip", gzipSync(gzip("a"))],
  ])("%s, which is refused with what to do", async (reason, stored) => {
    const { failure } = await readAtOnce(stored);
    expect(failure).toMatchObject({ outcome: "quarantined", reason });
    expect(failure?.message).toMatch(/\. [A-Z].*\.$/);
  });

  it("is text, even if its first line begins as a file of another kind", async () => {
    const lines = ["ORCHESTRATOR \x1b[1mstarted\x1b[0m", "BZhang logged in", "PAR1S is a town"];
    for (const line of lines) expect(await textsOf(gzip(`${line}\nnext\n`))).toEqual([line, "next"]);
  });

  it("reports a line of 200 MB, keeps none of it, and reads the lines around it", async () => {
    const part = gzipSync(Buffer.alloc(50_000_000, "x"));
    const stored = Buffer.concat([gzip("first\n"), part, part, part, part, gzip("\nlast")]);
    const { lines, tooLong, positions } = await readAtOnce(stored);
    expect(lines.map(([line, text]) => [line, text])).toEqual([
      [0, "first"],
      [2, "last"],
    ]);
    expect(tooLong).toEqual([{ line: 1, length: 200_000_000 }]);
    // It can be continued within the line.
    expect(positions.filter(({ within }) => within).length).toBeGreaterThan(50);
  });

  it("has lines up to the limit, and none beyond", async () => {
    const limit = CHUNK_LIMITS.lineBytes;
    const { lines, tooLong } = await readAtOnce(Buffer.from(`${"a".repeat(limit)}\n${"b".repeat(limit + 1)}\nc`));
    expect(lines.map(([line, text]) => [line, text.length])).toEqual([
      [0, limit],
      [2, 1],
    ]);
    expect(tooLong).toEqual([{ line: 1, length: limit + 1 }]);
  });

  it("comes in chunks of some thousand lines or about a MiB", async () => {
    const sizes: [number, number][] = [];
    for await (const chunk of chunksOf(Buffer.from(`${"ab\n".repeat(12_000)}${`${"c".repeat(999)}\n`.repeat(3000)}`)))
      sizes.push([chunk.lines.length, chunkTexts(chunk).join("\n").length]);
    expect(sizes.length).toBeGreaterThan(4);
    for (const [lines, bytes] of sizes) {
      expect(lines).toBeLessThanOrEqual(5000);
      expect(bytes).toBeLessThan(CHUNK_LIMITS.chunkBytes + 1000);
    }
  });

  it("has no byte order mark, and keeps every other character", async () => {
    const stored = Buffer.from("\ufeff#1 \0\u2028\x85\r\n \t\n\u00a0x\ry\n");
    expect(await textsOf(stored)).toEqual(["#1 \0\u2028\x85", "\u00a0x\ry"]);
    expect(await textsOf(Buffer.from([0x61, 0xff, 0xc3, 10, 0x62]))).toEqual(["a\ufffd\ufffd", "b"]);
  });
});

describe("a header", () => {
  const LEGACY = "#Version: 1.0\n#Fields: date time x-edge-location c-ip\n";

  it("names the fields of CloudFront's lines, also a second one of a file that is two in one", async () => {
    const stored = Buffer.from(`${LEGACY}1\n2\n${LEGACY.replace(" c-ip", "")}3\n#4\n`);
    const fields = ["date", "time", "x-edge-location", "c-ip"];
    for (const format of ["auto", "cloudfront_access"] as const) {
      const { lines } = await readAtOnce(stored, { format });
      expect(lines.slice(0, 2)).toEqual([
        [2, "1", fields],
        [3, "2", fields],
      ]);
    }
    const { lines } = await readAtOnce(stored, { format: "cloudfront_access" });
    expect(lines.slice(2)).toEqual([
      [6, "3", fields.slice(0, 3)],
      [7, "#4", fields.slice(0, 3)],
    ]);
  });

  it("names the fields of VPC flow logs", async () => {
    const stored = Buffer.from("flow-direction traffic-path srcaddr dstaddr\ningress - 10.0.0.1 10.0.0.2\n");
    const fields = ["flow-direction", "traffic-path", "srcaddr", "dstaddr"];
    expect((await readAtOnce(stored)).lines).toEqual([[1, "ingress - 10.0.0.1 10.0.0.2", fields]]);
    expect((await readAtOnce(Buffer.from("srcaddr\n10.0.0.1"), { format: "vpc_flow" })).lines).toEqual([
      [1, "10.0.0.1", ["srcaddr"]],
    ]);
  });

  it("is nothing that a stranger can write among other lines", async () => {
    const lines = ["GET /", "x", LEGACY.trim(), "version srcaddr dstaddr"].flatMap((line) => line.split("\n"));
    for (const format of ["auto", "alb_access", "none"] as const) {
      const read = await readAtOnce(Buffer.from(lines.join("\n")), { format });
      expect(read.lines).toEqual(lines.map((line, i) => [i, line, undefined]));
    }
    const first = await readAtOnce(Buffer.from("#Fields: my own\nhello world\n#Remark: x"));
    expect(first.lines.map(([, text]) => text)).toEqual(["#Fields: my own", "hello world", "#Remark: x"]);
  });
});

describe("JSON", () => {
  it.each([
    ["CloudTrail's file", '{"Records":[{"a":1},{"b":"]}\\""}]}', ['{"a":1}', '{"b":"]}\\""}']],
    ["a pretty one", '{\n "Records" : [\n {"a":\n 1},\n [2] ]\n}\n', ['{"a":\n 1}', "[2]"]],
    ["an array", '[ {"a":1},\n{"b":2} ]', ['{"a":1}', '{"b":2}']],
    ["two files in one", '{"Records":[{"a":1}]}{"Records":[{"b":2}]}', ['{"a":1}', '{"b":2}']],
    ["an empty one", '{"Records":[]}', []],
    ["two arrays in one", '{"Records":[1],"a":{"Records":[2]},"Records":[3]}', ["1", '"a":{"Records":[2]}', "3"]],
    ["members behind the array", '{"Records":[1,"x",null] , "Records2":[5] }', ["1", '"x"', "null", '"Records2":[5]']],
    [
      "a member with all signs",
      '{"Records":[],"a":{"b":"]},{"},"c":",}"}{"d":1}',
      ['"a":{"b":"]},{"}', '"c":",}"', '{"d":1}'],
    ],
    ["an object that ends as an array", '{"Records":[1],"a":2],"b":3}', ["1", '"a":2', '],"b":3}']],
    ["an application's object", '{\n "a": 1, "Records": [2]\n}{"Records":[3]}', ['{\n "a": 1, "Records": [2]\n}', "3"]],
  ])("is read value by value in a format that is JSON: %s", async (_, content, values) => {
    for (const format of ["cloudtrail", "waf"] as const) {
      expect(await textsOf(Buffer.from(content), { format })).toEqual(values);
      expect(await textsOf(gzip(content), { format, partBytes: 1 })).toEqual(values);
    }
  });

  it("is read value by value if it begins as CloudTrail's files, whatever its key", async () => {
    const records = ['{"eventVersion":"1.08","a":1}', '{"eventVersion":"1.08","a":2}'];
    expect(await textsOf(Buffer.from(`{"Records":[${records.join(",")}]}`))).toEqual(records);
    const pretty = JSON.stringify({ Records: records.map((record) => JSON.parse(record)) }, undefined, 2);
    expect((await textsOf(gzip(pretty))).map((record) => JSON.stringify(JSON.parse(record)))).toEqual(records);
  });

  it.each(['[{"a":1', "[{job}] started", '{"Records":[{"a":', '{\n"a": [', "[[", "[]"])(
    "is read line by line where a stranger may have written the first one: %j",
    async (first) => {
      const content = `${first}\n2026-11-21 INFO one, two {\n[x] three\n"four": {}}`;
      for (const format of ["auto", "none", "alb_access", "s3_access", "log4j"] as const) {
        expect(await textsOf(Buffer.from(content), { format })).toEqual(content.split("\n"));
      }
    },
  );

  it("is read line by line where each line is an object", async () => {
    const content = '{"a":1}\n{"Records":[1,2]}\nno JSON {\n{"b":2}';
    expect(await textsOf(Buffer.from(content))).toEqual(content.split("\n"));
  });

  it("loses nothing that is no JSON, in a file of CloudTrail's name", async () => {
    const content = '{"Records":[{"a":1}]}\nsorry\n{"b":"open\n{"c":3}\n{"d":';
    const lines = ['{"a":1}', "sorry", '{"b":"open', '{"c":3}', '{"d":'];
    expect(await textsOf(Buffer.from(content), { format: "cloudtrail" })).toEqual(lines);
  });

  it.each([
    ['{"Records":[{"a":1}]\n', []],
    ['{"Records":[{"a":1}],\n', []],
    ['{"Records":[{"a":1}], "b":2}\n', ['"b":2']],
    ['{"Records":[{"a":1}], "b\n', ['"b']],
  ])("loses nothing behind %j, whether or not it is closed", async (file, members) => {
    const stored = Buffer.from(`${file}{"b":2}\nsorry\n{"Records":[3]}`);
    for (const partBytes of [1, 1000]) {
      const texts = await textsOf(stored, { format: "cloudtrail", partBytes });
      expect(texts).toEqual(['{"a":1}', ...members, '{"b":2}', "sorry", "3"]);
    }
  });

  it("reports a record that is too long, and reads the others", async () => {
    const records = [{ a: 1 }, { b: "x".repeat(2 ** 20) }, { c: 3 }].map((record) => JSON.stringify(record));
    const { lines, tooLong } = await readAtOnce(gzip(`{"Records":[${records.join(",")}]}`), { format: "cloudtrail" });
    expect(lines.map(([line, text]) => [line, text])).toEqual([
      [0, '{"a":1}'],
      [2, '{"c":3}'],
    ]);
    expect(tooLong).toEqual([{ line: 1, length: records[1]!.length }]);
  });

  it("may be nested as deeply as it likes", async () => {
    const deep = `${"[".repeat(300_000)}${"]".repeat(300_000)}`;
    expect(await textsOf(Buffer.from(`{"Records":[${deep},2]}`), { format: "cloudtrail" })).toEqual([deep, "2"]);
  });
});
