import fc from "fast-check";
import { jsonMembers } from "../../../core/json/members";
import { canonical, type Member, parseJson } from "../../support/json";
import { jsonObjectText } from "../../support/json-texts";

describe("jsonMembers", () => {
  it("returns each member's key and value as they are written", () => {
    expect(jsonMembers(' { "a" : 1.50 , "\\u0062":\t{"c":[1,{"d":"}"}]},"a":"\\"," } ')).toEqual([
      ['"a"', "1.50"],
      ['"\\u0062"', '{"c":[1,{"d":"}"}]}'],
      ['"a"', '"\\","'],
    ]);
  });

  it.each(["{}", " {\n} ", "{ \t}"])("finds no members in %j", (json) => {
    expect(jsonMembers(json)).toEqual([]);
  });

  it("agrees with a plain parser on any object", () => {
    fc.assert(
      fc.property(jsonObjectText, (json) => {
        const members = jsonMembers(json).map(([key, value]): Member => [JSON.parse(key), parseJson(value)]);
        expect(canonical({ members })).toBe(canonical(parseJson(json)));
      }),
      { numRuns: 1000 },
    );
  });

  it("reads any depth without recursion", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(jsonMembers(`{"a":${deep},"b":1}`)).toEqual([
      ['"a"', deep],
      ['"b"', "1"],
    ]);
  });
});
