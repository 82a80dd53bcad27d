import fc from "fast-check";
import { documentFields, rawItems, rawMembers } from "../../../../local/page/search/raw-json";

const objects = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
const spaced = fc.constantFrom(0, 2);

describe("raw JSON", () => {
  it("is taken apart as a parser would", () => {
    fc.assert(
      fc.property(objects, fc.array(fc.jsonValue()), spaced, (object, list, indent) => {
        const members = [...rawMembers(JSON.stringify(object, null, indent))];
        expect(members.map(([name, value]) => [name, JSON.parse(value)])).toEqual(
          Object.entries(JSON.parse(JSON.stringify(object))),
        );
        expect(rawItems(JSON.stringify(list, null, indent)).map((item) => JSON.parse(item))).toEqual(
          JSON.parse(JSON.stringify(list)),
        );
      }),
    );
  });

  it("becomes fields with the digits that were written", () => {
    expect(
      documentFields('{"a":{"b":9007199254740993,"c":{}},"d":[1,{"e":2}],"f":"x\\u003cb\\u003e","g":null,"h":true}'),
    ).toEqual([
      { name: "a.b", value: "9007199254740993", kind: "number" },
      { name: "a.c", value: "{}", kind: "object" },
      { name: "d", value: '[1,{"e":2}]', kind: "list" },
      { name: "f", value: "x<b>", kind: "text" },
      { name: "g", value: "null", kind: "null" },
      { name: "h", value: "true", kind: "boolean" },
    ]);
  });

  it("leaves objects whole that lie deeper than any field, however deep", () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect(documentFields(nested(20))).toEqual([{ name: Array(20).fill("a").join("."), value: "1", kind: "number" }]);
    expect(documentFields(nested(100_000))).toEqual([
      { name: Array(20).fill("a").join("."), value: nested(99_980), kind: "object" },
    ]);
  });
});
