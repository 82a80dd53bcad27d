import { withoutDocs } from "../../build/without-docs";

const resultOf = (code: string): unknown => new Function(`return ${code}`)();

describe("withoutDocs", () => {
  it.each([
    ["first", `({ meaning: "a, b", unit: "Count" })`, { unit: "Count" }],
    ["last", `({ unit: "Count", meaning: "the meaning: { \\"a\\" }" })`, { unit: "Count" }],
    ["between others", `({a:1,meaning:"a",...{ meaning: \`b\`, b: 2 },c:3})`, { a: 1, b: 2, c: 3 }],
    ["next to one", `({ meaning: "a", remedy: "b" })`, {}],
    ["among several", `({ retryable: true, meaning: "a", remedy: "b" })`, { retryable: true }],
    ["a rule's condition", `({ when: "200", applies: 1 })`, { applies: 1 }],
    ["alone", `([{ meaning: "a" }, { meaning: "b", }])`, [{}, {}]],
  ])("leaves out a text of docs that is %s", (_, code, expected) => {
    expect(resultOf(withoutDocs(code))).toEqual(expected);
  });

  it("changes nothing else", () => {
    const code = `({ a: "the meaning: of it", meanings: { advice: "b" } })`;
    expect(withoutDocs(code)).toBe(code);
  });

  it.each([
    ["a property", "e => e.meaning"],
    ["a property by its name", `e => e["meaning"]`],
    ["a parameter", "({ meaning: e }) => e"],
    ["a shorthand", "({ meaning }) => 0"],
    ["a value that is no text", "({ meaning: load() })"],
  ])("refuses code that has %s of that name: it would find nothing", (_, code) => {
    expect(() => withoutDocs(code)).toThrow(`The bundle has no \`meaning\`, but reads it: ${code}`);
  });
});
