import { withShortConstants } from "../../build/short-constants";

const CODE = `
var LIMIT = 3, NAMES = { LIMIT: 7, other: "LIMIT" }, byName = new Map([["LIMIT", LIMIT]]);
var { LIMIT: a, other } = NAMES;
var asText = (e) => e.LIMIT + "/" + LIMIT, Reader = class { LIMIT = LIMIT; get NAMES() { return this.LIMIT } };
function read({ LIMIT: e = LIMIT, ...t }) { let r = { LIMIT, byName, [LIMIT]: NAMES.LIMIT }; return [e, t, r.LIMIT, r.byName.get("LIMIT"), r[3]] }
result = [read({}), read({ LIMIT: 1, NAMES: 2 }), a, other, asText(NAMES), new Reader().NAMES, \`\${LIMIT} LIMIT\`, asText.name, Reader.name, read.name];
`;

const resultOf = (code: string): unknown => new Function(`let result; ${code}; return result`)();

describe("withShortConstants", () => {
  it("changes nothing that the code does, nor the names of functions and classes", () => {
    expect(resultOf(withShortConstants(CODE))).toEqual(resultOf(CODE));
    expect(resultOf(CODE)).toHaveLength(10);
  });

  it("shortens the names of all else at the root", () => {
    expect(withShortConstants(CODE)).toContain("var $00 = 3, $01 = { LIMIT: 7, other:");
    expect(withShortConstants(CODE)).toContain("r = { LIMIT:$00, byName:$02, [$00]: $01.LIMIT }");
  });
});
