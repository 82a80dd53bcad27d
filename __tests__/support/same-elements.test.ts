import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { differencesOf } from "./difference";
import { expectSameElements } from "./same-elements";

describe("differencesOf", () => {
  it("is empty for equal values of JSON, and only for these", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const pairs = fc.oneof(
      fc.tuple(value, value),
      value.map((one) => [one, JSON.parse(JSON.stringify(one))]),
    );
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(differencesOf(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });

  it("reports places and values", () => {
    const actual = { a: [1, { b: "x" }], c: 1, e: [] };
    const expected = { a: [2, { b: "y" }], d: null, e: {} };
    expect(differencesOf(actual, expected)).toEqual([
      "it.a[0] is 1, expected 2",
      'it.a[1].b is "x", expected "y", from character 0 on',
      "it.c is 1, expected absent",
      "it.e is [], expected {}",
      "it.d is absent, expected null",
    ]);
  });

  it("compares what is nested more deeply than the stack is high", () => {
    const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}1${"]".repeat(levels)}`);
    expect(differencesOf(nested(50_000), nested(50_000))).toEqual([]);
    expect(differencesOf(nested(50_000), nested(49_999))).toEqual([
      expect.stringMatching(/^it(\[0\])+\[?… \(\d+,\d{3} characters\) is \[1\], expected 1$/),
    ]);
    expect(() => expectSameElements([nested(50_000)], [])).toThrow("1 unexpected");
  });

  it("shows only the surroundings of the first difference of a long text", () => {
    const [difference] = differencesOf(`${"a".repeat(5000)}b${"c".repeat(5000)}`, "a".repeat(10_001));
    expect(difference).toMatch(/^it is …"a{40}bc{39}"…, expected …"a{80}"…, from character 5,000 on$/);
  });
});

describe("expectSameElements", () => {
  const element = (id: number, text = `text ${id}`) => ({ id: String(id), text });
  const many = Array.from({ length: 250 }, (_, n) => element(n));
  const idOf = ({ id }: { id: string }) => id;

  it("accepts the same elements: by key in any order, else in this one", () => {
    expectSameElements([], []);
    expectSameElements(many, many);
    expectSameElements(many.toReversed(), many, idOf);
    expect(() => expectSameElements(many.toReversed(), many)).toThrow("250 different");
  });

  it("reports how many differ, with details of the first few", () => {
    const actual = [...many.slice(3), element(3), element(999)].map((one) =>
      one.id === "7" ? element(7, "text 8") : one,
    );
    expect(() => expectSameElements(actual, many, idOf)).toThrow(
      [
        "Of 250 expected elements: 3 missing, 2 unexpected, 1 different.",
        '"0" is missing: {"id":"0","text":"text 0"}',
        '"1" is missing: {"id":"1","text":"text 1"}',
        '"2" is missing: {"id":"2","text":"text 2"}',
        '"7" differs: it.text is "text 8", expected "text 7", from character 5 on',
        '"3, number 2" is not expected: {"id":"3","text":"text 3"}',
        "… and 1 more",
      ].join("\n"),
    );
  });

  it("stays short, however many and long the elements are", () => {
    const long = Array.from({ length: 5_000 }, (_, n) => element(n, "x".repeat(50_000)));
    const failure = () => expectSameElements([], long, idOf);
    expect(failure).toThrow("5,000 missing");
    expect(failure).toThrow(/^.{1,2000}$/s);
  });
});
