import fc from "fast-check";
import { layOut } from "../../../registry/hcl/expression";

const laidOut = (expression: string): string[] => layOut(expression, 0, 0).split("\n");
const long = (name: string): string => `var.${name}${"_x".repeat(50)}`;

/** What an expression says: without white space outside of strings, and without commas, which may be new lines. */
const meaning = (expression: string): string => expression.replaceAll(/("(?:[^"\\]|\\.)*")|[\s,]+/g, "$1");

const name = fc.stringMatching(/^[a-z][a-z_]{0,20}$/).filter((text) => !["for", "if", "in"].includes(text));
const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "medium" },
    name.map((each) => `var.${each}`),
    fc.nat().map(String),
    fc.constantFrom('"a, b"', '"(${var.a ? "}" : "{"})"', '"quote \\" and $${no}"'),
    fc.array(tie("expression"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(fc.tuple(name, tie("expression")), { maxLength: 4 })
      .map((entries) => `{ ${entries.map(([key, value]) => `${key} = ${value}`).join(", ")} }`),
    fc
      .tuple(name, fc.array(tie("expression"), { maxLength: 3 }))
      .map(([called, args]) => `${called}(${args.join(", ")})`),
    fc.tuple(tie("expression"), tie("expression")).map(([list, test]) => `[for x in ${list} : x if ${test}]`),
    fc.tuple(tie("expression"), tie("expression")).map(([map, value]) => `{ for k, v in ${map} : k => ${value} }`),
  ),
  expression: fc.oneof(
    { depthSize: "medium" },
    tie("operand"),
    fc.tuple(tie("operand"), tie("operand")).map(([left, right]) => `${left} && ${right}`),
    fc.tuple(tie("operand"), tie("operand"), tie("operand")).map(([test, a, b]) => `${test} == null ? ${a} : ${b}`),
  ),
}));

describe("the layout of an expression", () => {
  it("is one line when it fits", () => {
    expect(laidOut('merge(group,\n   { "name" = "a  b" })')).toEqual(['merge(group, { name = "a  b" })']);
  });

  it("has a line for each element when it does not fit, and a trailing comma in a list", () => {
    expect(laidOut(`[${long("a")}, ${long("b")}]`)).toEqual(["[", `  ${long("a")},`, `  ${long("b")},`, "]"]);
    expect(laidOut(`f(${long("a")}, ${long("b")})`)).toEqual(["f(", `  ${long("a")},`, `  ${long("b")}`, ")"]);
  });

  it("aligns the values of an object, and needs no commas there", () => {
    expect(laidOut(`{ a = ${long("a")}, longer = 1 }`)).toEqual(["{", `  a      = ${long("a")}`, "  longer = 1", "}"]);
  });

  it("lets the last argument's brackets take the place of the call's", () => {
    expect(laidOut(`merge(group, { a = ${long("a")}, b = 1, c = 2 })`)).toEqual([
      "merge(group, {",
      `  a = ${long("a")}`,
      "  b = 1",
      "  c = 2",
      "})",
    ]);
  });

  it("begins a line for the filter of a loop and for each branch, and ends one after each condition", () => {
    expect(laidOut(`[for x in ${long("a")} : x if x != null]`)).toEqual([
      "[",
      `  for x in ${long("a")} : x`,
      "  if x != null",
      "]",
    ]);
    expect(laidOut(`${long("a")} == null ? 1 : 2`.replace("1", long("b")))).toEqual([
      "(",
      `  ${long("a")} == null`,
      `  ? ${long("b")}`,
      "  : 2",
      ")",
    ]);
    expect(laidOut(`${long("a")} && ${long("b")}`)).toEqual(["(", `  ${long("a")} &&`, `  ${long("b")}`, ")"]);
    expect(laidOut(`!(a) || ${long("b")}`)).toEqual(["(", "  !(a) ||", `  ${long("b")}`, ")"]);
  });

  it("puts brackets around a condition that takes several lines, or ends in a negation", () => {
    expect(laidOut(`a && !f(b) ? ${long("c")} : 2`)).toEqual(["(", "  (a && !f(b))", `  ? ${long("c")}`, "  : 2", ")"]);
    expect(laidOut(`${long("a")} && ${long("b")} ? 1 : 2`)).toEqual([
      "(",
      "  (",
      `    ${long("a")} &&`,
      `    ${long("b")}`,
      "  )",
      "  ? 1",
      "  : 2",
      ")",
    ]);
  });

  it("puts as many numbers on a line as fit", () => {
    const numbers = Array.from({ length: 40 }, (_, index) => 1_000 + index);

    const lines = laidOut(`[${numbers.join(", ")}]`);

    expect(lines).toHaveLength(5);
    expect(lines.join(" ").match(/\d+/g)?.map(Number)).toEqual(numbers);
  });

  it("never changes what an expression says", () => {
    fc.assert(
      fc.property(expression, fc.nat(120), (text, used) => {
        expect(meaning(layOut(text, 0, used)).replace(/^\((.*)\)$/s, "$1")).toBe(
          meaning(text).replace(/^\((.*)\)$/s, "$1"),
        );
      }),
      { numRuns: 500 },
    );
  });
});
