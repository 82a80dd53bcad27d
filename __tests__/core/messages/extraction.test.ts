import fc from "fast-check";
import { fieldExtractor, MAX_EXTRACTED_FROM } from "../../../core/messages/extraction";
import { NumberText, type ParsedMessage } from "../../../core/parsers/parsed-message";
import { parseExtractedFields } from "../../../core/settings/extracted-fields";
import { EnvironmentError } from "../../../core/settings/parse-variables";

type Extractions = Record<string, readonly [from: string, pattern: string]>;

function extractorOf(extractions: Extractions) {
  const json = Object.fromEntries(
    Object.entries(extractions).map(([name, [from, pattern]]) => [name, { from, pattern }]),
  );
  const { fields, errors } = parseExtractedFields(JSON.stringify(json));
  expect(errors).toEqual([]);
  return fieldExtractor(fields!);
}

/** The fields that are extracted of a message, which a parser knows or not. */
const extracted = (extractions: Extractions, message: string, parsed?: ParsedMessage) =>
  extractorOf(extractions)(message, parsed)?.userFields;

const PAGE = { page: ["url.path", "^/blog/(?P<page>[^/]+)"] } as const;

const fieldOf = (from: string, pattern: string, message: string, parsed?: ParsedMessage) =>
  extracted({ a: [from, pattern] }, message, parsed)?.a;

describe("fieldExtractor", () => {
  it("extracts from a parser's fields, from members of JSON, and from those of JSON behind a prefix", () => {
    const url = { path: "/blog/cats/1" };
    expect(extracted(PAGE, "GET /blog/cats/1", { fields: { url } })).toEqual({ page: "cats" });
    expect(extracted(PAGE, JSON.stringify({ url }))).toEqual({ page: "cats" });
    expect(extracted(PAGE, '{"url.path":"/blog/cats"}')).toEqual({ page: "cats" });
    expect(extracted(PAGE, "INFO {}", { fields: {}, json: JSON.stringify({ url }) })).toEqual({ page: "cats" });
    expect(extracted(PAGE, JSON.stringify({ Url: { Path: "/blog/cats" } }), { fields: { url } })).toEqual({
      page: "cats",
    });
  });

  it("leaves a message as it is of which it extracts nothing", () => {
    const parsed = { fields: { url: { path: "/shop" } } };
    expect(extractorOf(PAGE)("GET /shop", parsed)).toBe(parsed);
    expect(extractorOf(PAGE)("GET /blog/cats", undefined)).toBeUndefined();
    expect(fieldOf("message", "b(x?)", "ab")).toBeUndefined();
  });

  it("takes the group of the field's name, of a dotted name of its last part, else the first group, else the whole match", () => {
    const text = "a1 b2";
    expect(extracted({ b: ["message", "(a.) (?P<b>b.)"] }, text)).toEqual({ b: "b2" });
    expect(extracted({ "x.b": ["message", "(a.) (?P<b>b.)"] }, text)).toEqual({ "x.b": "b2" });
    expect(fieldOf("message", "(a.) (b.)", text)).toBe("a1");
    expect(fieldOf("message", "b.", text)).toBe("b2");
  });

  it("reads as message the text of the document first, and then the whole message", () => {
    const behindPrefix = { fields: {}, message: "order 1" };
    expect(fieldOf("message", "^order (\\d)", "[INFO] order 1", behindPrefix)).toBe("1");
    expect(fieldOf("message", "^.(INFO)", "[INFO] order 1", behindPrefix)).toBe("INFO");
    expect(fieldOf("message", "^order (\\d)", '{"message":"order 1","log":"order 2"}')).toBe("1");
    expect(fieldOf("message", "^order (\\d)", '{"log":"order 2"}')).toBe("2");
    expect(fieldOf("message", "^order (\\d)", '{"message":null,"log":"order 2"}')).toBeUndefined();
    expect(fieldOf("message", '"n":(\\d)', '{"message":"order 1","n":3}')).toBe("3");
  });

  it.each([
    ["12345678901234567890", "12345678901234567890"],
    ["1.50", "1.50"],
    ["true", "true"],
    ['["", "b", "c"]', "b"],
    ['[{"x":1}, [1], "d"]', "d"],
    ["[0.10, 2]", "0.10"],
  ])("reads the member %s as %j", (value, text) => {
    expect(fieldOf("n", ".+", `{"n":${value}}`)).toBe(text);
  });

  it.each(["null", "{}", '{"b":"c"}', "[]", "[[1]]"])("reads no text in the member %s", (value) => {
    expect(fieldOf("n", ".+", `{"n":${value}}`)).toBeUndefined();
  });

  it("reads fields within arrays, numbers of parsers, and members that the document has below json", () => {
    expect(fieldOf("items.id", "2", '{"items":[{"id":1},{"id":2}]}')).toBe("2");
    expect(fieldOf("n", ".+", "", { fields: { n: new NumberText("0.10") } })).toBe("0.10");
    expect(fieldOf("json.error", ".+", '{"error":"declined"}')).toBe("declined");
  });

  it.each([
    ["a", '{"a":"own"}'],
    ["a", '{"a":null}'],
    ["a", '{"a":{"b":1}}'],
    ["a", '{"a.b":1}'],
    ["a", '{"a.":1}'],
    ["a.b", '{"a":{"b":1}}'],
    ["a.b", '{"a.b":1}'],
    ["a.b", '{"a":{"b":{"c":1}}}'],
    ["a.b", '{"a":"text"}'],
    ["a.b", '{"a":[{}]}'],
    ["a.b", '{"a":null}'],
    ["log.level", '{"log":{"level":"info"}}'],
    ["log.level", '{"log":"x","log.level":"info"}'],
  ])("writes no field %s beside %s, which has it, or has something in its way", (name, message) => {
    expect(extracted({ [name]: ["message", "."] }, message)).toBeUndefined();
    expect(extracted({ [name]: ["message", "."] }, "x", { fields: {}, json: message })).toBeUndefined();
  });

  it.each([
    ["a.b", '{"a":{"c":1}}'],
    ["a.b", '{"a.c":1}'],
    ["a", '{"ab":1}'],
    ["log.level", '{"log":"INFO x"}'],
    ["error.code", '{"error":["x"]}'],
  ])("writes a field %s beside %s", (name, message) => {
    expect(extracted({ [name]: ["message", "."] }, message)).toHaveProperty([name]);
  });

  it("writes no field that a parser has, or that is within one of its texts", () => {
    const fields = { a: { b: "own" } };
    expect(extracted({ "a.b": ["message", "."] }, "x", { fields })).toBeUndefined();
    expect(extracted({ "a.b.c": ["message", "."] }, "x", { fields })).toBeUndefined();
    expect(extracted({ "a.c": ["message", "."] }, "x", { fields })).toEqual({ "a.c": "x" });
  });

  it("reads the beginning of a text, and takes nothing that may be cut off there", () => {
    const text = (length: number) => `${"a".repeat(length)} b`;
    expect(fieldOf("message", "a+", text(MAX_EXTRACTED_FROM - 1))).toHaveLength(MAX_EXTRACTED_FROM - 1);
    expect(fieldOf("message", "a+", text(MAX_EXTRACTED_FROM))).toBeUndefined();
    expect(fieldOf("message", "b", text(MAX_EXTRACTED_FROM))).toBeUndefined();
  });

  it("takes names of what every object inherits for names like any other", () => {
    const json = '{"__proto__":{"x":"p"},"constructor":{"y":"c"}}';
    expect(fieldOf("__proto__.x", ".+", json)).toBe("p");
    expect(fieldOf("constructor.y", ".+", json)).toBe("c");
    expect(fieldOf("constructor.name", ".+", "{}")).toBeUndefined();
    expect(fieldOf("toString", ".+", "x", { fields: {} })).toBeUndefined();
    const names = ["constructor.x", "toString"];
    const own = Object.fromEntries(names.map((name) => [name, ["message", "."] as const]));
    expect(extracted(own, "m")).toEqual(Object.fromEntries(names.map((name) => [name, "m"])));
    expect({}).not.toHaveProperty("x");
  });

  it("refuses a pattern that RE2 does not take", () => {
    const refused = () => fieldExtractor([{ name: "a.b", from: "message", pattern: "(?=a)" }]);
    expect(refused).toThrow(EnvironmentError);
    expect(refused).toThrow('"(?=a)": error parsing regexp');
  });

  it("reads members of objects within thousands of others", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"n":', "}"],
    ] as const) {
      const deep = (value: string) => `{"n":${open.repeat(5_000)}${value}${close.repeat(5_000)},"a":{"b":"c"}}`;
      expect(extracted({ x: ["n.n", "."], y: ["n", "."], z: ["a.b", ".+"] }, deep("1"))).toEqual({ z: "c" });
    }
  });

  it("never throws, whatever the message", () => {
    const extract = extractorOf({
      a: ["message", "(?P<a>\\S+)$"],
      "b.c": ["a.b", ".+"],
      "log.level": ["log", "\\w+"],
      "constructor.x": ["x", "."],
    });
    const name = fc.constantFrom("a", "b", "c", "a.b", "log", "x", "__proto__", "constructor", ".", "a.");
    const tree = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.double(),
        fc.constant(null),
        fc.array(tie("value")),
        fc.dictionary(name, tie("value")),
      ),
    })).value;
    const message = fc.oneof(
      fc.string({ unit: "binary" }),
      tree.map((value) => JSON.stringify(value)),
    );
    fc.assert(fc.property(message, (text) => void extract(text, undefined)));
  });

  it.each(["a", "{", "[", '"', " ", "\\", "\n", '{"a":', "\ud83d"])("reads a megabyte of %j", (unit) => {
    const extract = extractorOf({
      a: ["message", "^(.*)b(.*)c"],
      b: ["message", "(a+)+$"],
      c: ["a.b.c", "(x?){100}$"],
      d: ["message", "(?s)(.{1,100})+z"],
    });
    expect(extract(unit.repeat(1_000_000 / unit.length), undefined)).toBeUndefined();
  });
});
