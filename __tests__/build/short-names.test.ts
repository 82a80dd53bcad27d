import { withShortNames } from "../../build/short-names";

const CODE = `
"use strict";
var early = hoisted(7);
var LIMIT = 3, NAMES = { LIMIT: 7, other: "LIMIT" }, byName = new Map([["LIMIT", LIMIT]]);
var { LIMIT: a, other } = NAMES;
var asText = (e) => e.LIMIT + "/" + LIMIT, rare = () => LIMIT, Reader = class { LIMIT = LIMIT; get NAMES() { return this.LIMIT } };
var byWord = function (e) { return e + LIMIT }, Deriving = class extends Reader { static make() { return new Deriving() } };
var calls = [asText(NAMES), asText(NAMES), asText({ LIMIT: 1 }), asText({ LIMIT: 2 }), byWord(1), byWord(2), byWord(3), byWord(4), byWord(5)];
function hoisted(e) { return e < 3 ? "end" : hoisted(e - 1) + "n" }
async function waiting() {} function* several() {}
function read({ LIMIT: e = LIMIT, ...t }) { let r = { LIMIT, byName, [LIMIT]: NAMES.LIMIT }; return [e, t, r.LIMIT, r.byName.get("LIMIT"), r[3]] }
result = [early, read({}), read({ LIMIT: 1, NAMES: 2 }), a, other, calls, rare(), new Reader().NAMES, Deriving.make().NAMES, \`\${LIMIT} LIMIT\`].map(String);
({ LIMIT: early, given: other = LIMIT } = { LIMIT: 5 });
({ LIMIT, byName = LIMIT } = { LIMIT: 4 });
result.push(early, other, LIMIT, byName);
result.push(...[asText, rare, Reader, Deriving, byWord, hoisted, waiting, several, read].map((e) => e.name));
`;

const resultOf = (code: string): unknown => new Function(`let result; ${code}; return result`)();

describe("withShortNames", () => {
  it("changes nothing that the code does, nor what functions and classes are called", () => {
    expect(resultOf(withShortNames(CODE))).toEqual(resultOf(CODE));
    expect(resultOf(CODE)).toHaveLength(23);
  });

  it("shortens the names of all else at the root, and of the variables of functions and classes", () => {
    const short = withShortNames(CODE);
    const [, limit] = /var (..) = 3,/.exec(short)!;
    const [, reader] = /(..) = class Reader \{/.exec(short)!;
    const [, called] = /,(..)=asText/.exec(short)!;
    expect(short).toContain(`get NAMES() { return this.LIMIT }`);
    expect(short).toMatch(new RegExp(`r = \\{ LIMIT:${limit}, byName:(..), \\[${limit}\\]: (..)\\.LIMIT \\}`));
    expect(short).toContain(`class Deriving extends ${reader} {`);
    expect(short).toContain(`[${called}(`);
    // A second variable would be longer than its use.
    expect(short).toContain("rare = () =>");
    expect(short).toContain("rare()");
  });

  it("takes no name that is one within a function", () => {
    const code = "var LIMIT = 1; function sum(aa, ab) { return aa + ab + LIMIT } result = sum(2, 4);";
    expect(resultOf(withShortNames(code))).toBe(7);
  });

  it("refuses code with more names than there are short ones", () => {
    const code = `var ${Array.from({ length: 4_000 }, (_, n) => `name${n}=${n}`)};`;
    expect(() => withShortNames(code)).toThrow("more names than there are short ones");
  });
});
