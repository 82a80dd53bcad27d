import fc from "fast-check";
import { indentedJson } from "../../../../local/page/shared/indented-json";

describe("indentedJson", () => {
  it("writes what JSON.stringify would, whatever is between the values", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 100), (value, indent) => {
        expect(indentedJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps the digits of numbers, and goes no further to the right than is seen", () => {
    expect(indentedJson('{"a":[9007199254740993.10,-1e-9]}')).toBe(
      '{\n  "a": [\n    9007199254740993.10,\n    -1e-9\n  ]\n}',
    );
    const depth = 50_000;
    expect(indentedJson("[".repeat(depth) + "]".repeat(depth)).length).toBeLessThan(depth * 170);
  });
});
