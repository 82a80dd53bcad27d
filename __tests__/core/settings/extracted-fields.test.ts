import {
  MAX_EXTRACTED_FIELDS,
  MAX_PATTERN_LENGTH,
  parseExtractedFields,
  RESERVED_NAMES,
  RESERVED_ROOTS,
} from "../../../core/settings/extracted-fields";

const errorsOf = (fields: unknown) => parseExtractedFields(JSON.stringify(fields)).errors;

const ONE = { from: "message", pattern: "a" };

describe("parseExtractedFields", () => {
  it("reads the fields in their order", () => {
    const page = { from: "url.path", pattern: "^/blog/(?P<page>[^/]+)" };
    const parsed = parseExtractedFields(JSON.stringify({ page, "shop.order-id": ONE }));
    expect(parsed).toEqual({
      errors: [],
      fields: [
        { name: "page", ...page },
        { name: "shop.order-id", ...ONE },
      ],
    });
    expect(parseExtractedFields("{}")).toEqual({ errors: [], fields: [] });
  });

  it("reports all mistakes together, each with its place, what was given and what is allowed", () => {
    const errors = errorsOf({
      a: "b",
      b: {},
      c: { from: "a b", pattern: "" },
      d: { ...ONE, group: 1 },
      "e f": ONE,
      g: ONE,
      "g.h": ONE,
    });
    expect(errors.map((error) => error.split(" Allowed: ")[0])).toEqual([
      'EXTRACT_FIELDS["a"] is "b", no JSON object.',
      'EXTRACT_FIELDS["b"].from is missing.',
      'EXTRACT_FIELDS["b"].pattern is missing.',
      'EXTRACT_FIELDS["c"].from is "a b".',
      'EXTRACT_FIELDS["c"].pattern is "".',
      'EXTRACT_FIELDS["d"] has "group".',
      'EXTRACT_FIELDS["e f"] is no name of a field.',
      'EXTRACT_FIELDS["g.h"] is in "g", which is a text.',
    ]);
    for (const error of errors) expect(error).toMatch(/ Allowed: .+\.$/);
  });

  it.each(["[]", "null", "{", '"{}"'])("rejects %j, which is no object", (json) => {
    expect(parseExtractedFields(json).errors).toEqual([
      expect.stringMatching(/^EXTRACT_FIELDS is .*, no JSON object\. Allowed: a JSON object of up to /),
    ]);
  });

  it.each([
    ...RESERVED_ROOTS.flatMap((root) => [root, `${root}.a`]),
    ...RESERVED_NAMES,
    ...["", ".", "a.", ".a", "a..b", "_a", "@timestamp", "1a", "ä", "a b", "__proto__", "a.__proto__", "a.".repeat(10)],
    ...[`${"a.".repeat(10)}a`, "a".repeat(101)],
  ])("takes no field of the name %j", (name) => {
    expect(parseExtractedFields(`{${JSON.stringify(name)}:${JSON.stringify(ONE)}}`).errors).toEqual([
      expect.stringContaining(`EXTRACT_FIELDS[${JSON.stringify(name)}] is no name of a field. Allowed: `),
    ]);
  });

  it.each([
    "log.level",
    "labels.page",
    "event.action",
    "error.code",
    "constructor.x",
    "a.1",
    `${"a.".repeat(9)}a`,
    "a".repeat(100),
  ])("takes a field of the name %j", (name) => {
    expect(errorsOf({ [name]: ONE })).toEqual([]);
  });

  it("accepts fields at the limits of number and size, and none beyond", () => {
    const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, ONE]));
    expect(errorsOf(fields(MAX_EXTRACTED_FIELDS))).toEqual([]);
    expect(errorsOf(fields(MAX_EXTRACTED_FIELDS + 1))).toEqual([
      expect.stringContaining("bytes, and this number of fields: 21. Allowed: "),
    ]);
    const ofPattern = (length: number) => ({ a: { from: "a".repeat(256), pattern: "a".repeat(length) } });
    expect(errorsOf(ofPattern(MAX_PATTERN_LENGTH))).toEqual([]);
    expect(errorsOf(ofPattern(MAX_PATTERN_LENGTH + 1))).toHaveLength(1);
    expect(errorsOf({ a: { from: "a".repeat(257), pattern: "a" } })).toHaveLength(1);
    expect(parseExtractedFields("{}".padEnd(2_048)).errors).toEqual([]);
    expect(parseExtractedFields("{}".padEnd(2_049)).errors).toHaveLength(1);
  });
});
