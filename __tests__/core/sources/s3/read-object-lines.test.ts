import fc from "fast-check";
import { type ReadSettings, readAtOnce, readInPieces, storedAs } from "../../../support/object-lines";

const LIMITS = { lineBytes: 40, chunkBytes: 60, chunkLines: 4 };

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.string({ minLength: 41, maxLength: 90, unit: fc.constantFrom("a", "ü") }),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\r",
    "a\u2028b",
    "{",
    '{"Records":[',
    "#Fields: date c-ip sc-status",
    "#Version: 1.0",
  ),
);
/** Also bytes that are no UTF-8. */
const lineBytes = fc.oneof(
  text.map((line) => Buffer.from(line.replaceAll("\n", ""))),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10))),
);
const lineEnd = fc.constantFrom(Buffer.from("\n"), Buffer.from("\r\n"));
const linesContent = fc
  .tuple(fc.array(fc.tuple(lineBytes, lineEnd), { maxLength: 30 }), fc.option(lineBytes, { nil: Buffer.alloc(0) }))
  .map(([lines, last]) => Buffer.concat([...lines.flat(), last]));

const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => typeof value === "object" && value !== null);
const jsonContent = fc
  .record({
    values: fc.array(json, { maxLength: 12 }),
    indent: fc.constantFrom(undefined, 1, "\t"),
    form: fc.constantFrom("records", "array", "lines", "joined"),
  })
  .map(({ values, indent, form }) => {
    const texts = values.map((value) => JSON.stringify(value, null, indent));
    if (form === "records")
      return JSON.stringify({ Records: values, version: [1], more: { Records: [1] } }, null, indent);
    return form === "array" ? JSON.stringify(values, null, indent) : texts.join(form === "lines" ? "\n" : "");
  })
  .map((content) => Buffer.from(content));

const settings: fc.Arbitrary<ReadSettings> = fc.record({
  partBytes: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 }), fc.constant(100_000)),
  limits: fc.constant(LIMITS),
});
const pieceSizes = fc.infiniteStream(fc.integer({ min: 1, max: 3 }));

/** What lines are, without positions and parts. */
function expectedLines(content: Buffer): [number, string][] {
  const latin = content.toString("latin1");
  const lines = (latin.endsWith("\n") ? latin.slice(0, -1) : latin).split("\n");
  return lines.flatMap((line, i) => {
    if (line.length > LIMITS.lineBytes) return [];
    const read = Buffer.from(line, "latin1").toString().replace(/\r$/, "");
    return read.trim() === "" ? [] : [[i, read]];
  });
}

describe("readObjectLines", () => {
  it("reads the same lines with the same numbers, however they are stored, sent and resumed", async () => {
    const property = fc.asyncProperty(
      linesContent.chain((content) => fc.tuple(fc.constant(content), storedAs(content))),
      settings,
      pieceSizes,
      async ([content, stored], given, sizes) => {
        // Not what begins like gzip or another kind of file.
        fc.pre(content.length === 0 || /^[ a-zA-N0-9]/.test(content.toString("latin1")));
        fc.pre(!/^\s*[[{]/.test(content.toString()));
        const once = await readAtOnce(stored, { ...given, format: "none" });
        expect(once.lines.map(([line, read]) => [line, read])).toEqual(expectedLines(content));
        expect(await readInPieces(stored, { ...given, format: "none" }, () => sizes.next().value)).toEqual({
          lines: once.lines,
          tooLong: once.tooLong,
          starts: once.starts,
        });
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it("keeps the names of fields, wherever it resumes", async () => {
    const format = fc.constantFrom("cloudfront_access" as const, "vpc_flow" as const, "auto" as const);
    const headers = fc.constantFrom("#Version: 1.0\n#Fields: date time c-ip\n", "version srcaddr dstaddr\n", "");
    const property = fc.asyncProperty(
      fc.array(fc.tuple(headers, linesContent), { maxLength: 3 }).chain((files) => {
        const content = Buffer.concat(
          files.flatMap(([header, lines]) => [Buffer.from(header), lines, Buffer.from("\n")]),
        );
        return storedAs(content);
      }),
      settings,
      format,
      pieceSizes,
      async (stored, given, chosen, sizes) => {
        const once = await readAtOnce(stored, { ...given, format: chosen });
        fc.pre(once.failure === undefined);
        expect(await readInPieces(stored, { ...given, format: chosen }, () => sizes.next().value)).toEqual({
          lines: once.lines,
          tooLong: once.tooLong,
          starts: once.starts,
        });
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it("reads each value of JSON once, with the same number, however it is written, stored, sent and resumed", async () => {
    const property = fc.asyncProperty(
      jsonContent.chain((content) => fc.tuple(fc.constant(content), storedAs(content))),
      settings,
      pieceSizes,
      async ([content, stored], given, sizes) => {
        const all: ReadSettings = { ...given, format: "cloudtrail" };
        const whole = await readAtOnce(stored, { ...all, limits: { ...LIMITS, lineBytes: 1e6 } });
        const parsed: unknown = safeParsed(content.toString());
        if (parsed !== undefined) {
          const records = (parsed as { Records?: unknown[] }).Records;
          const expected = Array.isArray(parsed)
            ? parsed
            : Array.isArray(records)
              ? [...records, { version: [1] }, { more: { Records: [1] } }]
              : [parsed];
          // Another member of the object is as it is written there.
          const parsedValue = (read: string) => (isJson(read) ? JSON.parse(read) : JSON.parse(`{${read}}`));
          expect(whole.lines.map(([, read]) => parsedValue(read))).toEqual(expected);
        }
        const once = await readAtOnce(stored, all);
        const isShort = ([, read]: readonly [number, string, unknown?]) => Buffer.byteLength(read) <= LIMITS.lineBytes;
        expect(once.lines).toEqual(whole.lines.filter(isShort));
        expect(await readInPieces(stored, all, () => sizes.next().value)).toEqual({
          lines: once.lines,
          tooLong: once.tooLong,
          starts: once.starts,
        });
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it("ends no chunk where only one attempt broke off, so that the next one puts rejected lines in the same place", async () => {
    const property = fc.asyncProperty(
      fc.oneof(linesContent, jsonContent).chain((content) => storedAs(content)),
      settings,
      fc.constantFrom("none" as const, "cloudtrail" as const),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (stored, given, format, share) => {
        const whole = await readAtOnce(stored, { ...given, format });
        const cut = await readAtOnce(stored, { ...given, format, bytesInTime: Math.floor(stored.length * share) });
        fc.pre(stored.length > 0 && whole.failure === undefined);
        expect(cut.failure).toMatchObject({ outcome: "message retried" });
        expect(cut.starts).toEqual(whole.starts.slice(0, cut.starts.length));
        // Within a line that is too long there may be a place between any two parts.
        const outside = ({ positions }: typeof cut) => positions.filter(({ within }) => !within);
        expect(outside(whole).slice(0, outside(cut).length)).toEqual(outside(cut));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });
});

describe("findObjects", () => {
  it("leaves what has a backslash outside of texts, which is no JSON, to the scanner", async () => {
    const content = Buffer.from(`{"Records":[{"a":1},{\\"a":[2]},{"b":"\\"}"},{\\"c":3},{"d":4}]}`);
    const all: ReadSettings = { partBytes: 100_000, limits: LIMITS, format: "cloudtrail" };
    expect(await readAtOnce(content, all)).toEqual(await readAtOnce(content, { ...all, findObjects: undefined }));
  });

  it("finds what the scanner finds, in any bytes that begin as an array", async () => {
    const token = fc.oneof(
      fc.constantFrom("{", "}", "[", "]", '"', "\\", "\\\\", '\\"', ",", ":", " ", "\n", "a", "ü", '"a"', "12"),
      json.map((value) => JSON.stringify(value)),
      fc.constantFrom(1, 15, 16, 17, 40).map((length) => `{"${"x".repeat(length)}":"{"}`),
    );
    const property = fc.asyncProperty(fc.array(token, { maxLength: 60 }), settings, async (tokens, given) => {
      const content = Buffer.from(`{"Records":[${tokens.join("")}`);
      const all: ReadSettings = { ...given, format: "cloudtrail" };
      expect(await readAtOnce(content, all)).toEqual(await readAtOnce(content, { ...all, findObjects: undefined }));
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

const isJson = (text: string): boolean => safeParsed(text) !== undefined;

function safeParsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
