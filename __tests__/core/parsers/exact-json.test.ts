import fc from "fast-check";
import { exactObject } from "../../../core/parsers/exact-json";
import { exactValue } from "../../../core/parsers/exact-value";
import { NumberText } from "../../../core/parsers/parsed-message";

/** As `JSON.stringify`, with the digits of NumberText. */
function written(value: unknown): string {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`)
    .join(",")}}`;
}

const number = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }).map(String),
  fc.constantFrom("-0", "0.0", "1.50", "1e5", "1E+400", "-0.000", "9007199254740993", "-12345678901234567890"),
);
const text = fc.oneof(fc.string(), fc.constantFrom("__proto__", '"', "\\", "a:1.5", "[12345678901234567890]"));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number,
    text.map((each) => JSON.stringify(each)),
    fc.constantFrom("true", "false", "null"),
    fc.array(tie("json")).map((items) => `[${items.join(",")}]`),
    tie("object"),
  ),
  object: fc
    .uniqueArray(fc.tuple(text, tie("json")), { selector: ([name]) => name })
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`),
}));

describe("exactObject", () => {
  it("keeps each digit, name and text of an object", () => {
    fc.assert(
      fc.property(json, (value) => {
        const message = `{"a":${value}}`;
        // JavaScript puts names that are whole numbers first.
        if (!/"\d+":/.test(message)) expect(written(exactObject(message))).toBe(message);
      }),
    );
  });

  it("takes white space between all tokens", () => {
    expect(written(exactObject(' {\n"a" : [ 1.50 ,\t{ } ] , "b":\r\n12345678901234567890 } '))).toBe(
      '{"a":[1.50,{}],"b":12345678901234567890}',
    );
  });

  it("takes a number for a text if no measurement has so many digits", () => {
    expect(exactObject(`{"a":${"1".repeat(31)}}`)).toEqual({ a: "1".repeat(31) });
  });

  it("takes nothing but objects", () => {
    for (const message of ["", "[1.5]", "1.5", "null", "text", '{"a":1.5', '{"a":1.50}}', '{"a":01.5}']) {
      expect(exactObject(message)).toBeUndefined();
    }
  });

  it("takes no object with a name twice, of which one value would be lost", () => {
    for (const message of [
      '{"a":1,"b":{},"a":2}',
      '{"b":[{"a" \n:1.50,"\\u0061":"c"}]}',
      '{"__proto__":1,"__proto__":2}',
    ]) {
      expect(exactObject(message)).toBeUndefined();
    }
    const colons = '{"a":":","b":{"a":"\\":"},"c":[{"a":1},{"a":2}]}';
    expect(exactObject(colons)).toEqual({ a: ":", b: { a: '":' }, c: [{ a: 1 }, { a: 2 }] });
  });

  it("takes no object of more levels than a document may have", () => {
    const nested = (levels: number, inner = "") => `{"a":${"[".repeat(levels - 1)}${inner}${"]".repeat(levels - 1)}}`;
    expect(exactObject(nested(100, "1.50"))).toBeDefined();
    expect(exactObject(nested(101))).toBeUndefined();
    const siblings = "{},".repeat(50);
    expect(exactObject(nested(100, siblings.slice(0, -1)).replace("[", `[${siblings}`))).toBeUndefined();
    expect(exactObject(nested(99, siblings.slice(0, -1)).replace("[", `[${siblings}`))).toBeDefined();
    expect(exactObject(nested(400_000))).toBeUndefined();
    expect(exactObject(`{"a":[${"{},".repeat(200)}{}]}`)).toBeDefined();
  });
});

describe("exactValue", () => {
  it("leaves out nulls, and what is empty without them", () => {
    const object = exactObject('{"a":null,"b":{"c":null},"d":[null,{},[]],"e":"","f":[0,null,false]}');
    expect(exactValue(object)).toEqual({ f: [0, false] });
    expect(exactValue({})).toBeUndefined();
  });

  it("sets a member of any name, and nothing besides", () => {
    const value = exactValue(exactObject('{"__proto__":{"polluted":1.5},"":{"prototype":2}}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(written(value)).toBe('{"_proto_":{"polluted":1.5},"_":{"prototype":2}}');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("keeps both values of two names that become one", () => {
    expect(exactValue({ a: 1, A: 2 }, (name) => name.toLowerCase())).toEqual({ a: 1, A: 2 });
    expect(exactValue({ A: 1, a: 2 }, (name) => name.toLowerCase())).toEqual({ a: 1, a_: 2 });
    expect(exactValue({ "": 1, _: 2, _proto_: 3, ["__proto__"]: 4 })).toEqual({ _: 1, __: 2, _proto_: 3, _proto__: 4 });
  });
});
