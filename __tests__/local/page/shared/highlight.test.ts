import fc from "fast-check";
import { foundParts, wordPattern } from "../../../../local/page/shared/highlight";

const found = (query: string, text: string) =>
  foundParts(text, wordPattern(query))
    .filter(({ isFound }) => isFound)
    .map((part) => part.text);

describe("the words of a free text", () => {
  it.each<[string, string, string[]]>([
    ["error", "Error: no errors, ERROR", ["Error", "ERROR"]],
    ["err*", "an error, an err, a ferret", ["error", "err"]],
    ['"card has expired" -new', "a new card  has\nexpired", ["card  has\nexpired"]],
    ["+a | (b)", "a b c", ["a", "b"]],
    ["10.0.0.1", "10.0.0.1 10a0b0c1", ["10.0.0.1"]],
    ["grüße", "Grüße, grüßen", ["Grüße"]],
    ['-x * ( ) " ~', 'x * " anything', []],
    ["", "anything", []],
  ])("%j marks what it finds in %j", (query, text, expected) => {
    expect(found(query, text)).toEqual(expected);
  });

  it("leave a text as it is, whatever is looked for", () => {
    const odd = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...'ab*"-+|()~\\[^$.?{ ') }));
    fc.assert(
      fc.property(odd, odd, (query, text) => {
        const parts = foundParts(text, wordPattern(query));
        expect(parts.map((part) => part.text).join("")).toBe(text);
      }),
    );
  });
});
