import fc from "fast-check";
import { RE2JS } from "re2js";
import { instructionsIn } from "../../../core/patterns/instructions";

/** What stands for one character, with all that looks like a group or a repetition and is none. */
const ATOMS = [
  ...["a", "K", "é", "\u{1f600}", ".", "^", "$", "[ab(]", "[]a{2}]", "[^\\]x)]", "[[:alpha:]_]"],
  ...["\\d", "\\b", "\\(", "\\{", "\\\\", "\\x{41}", "\\pL", "\\p{Greek}", "(?i)"],
];
const REPETITIONS = [
  "",
  "*",
  "+",
  "?",
  "*?",
  "{0}",
  "{1}",
  "{3}",
  "{0,}",
  "{1,}",
  "{3,}",
  "{0,4}",
  "{2,5}",
  "{2}?",
  "{,2}",
];
const OPENINGS = ["(", "(?:", "(?P<n>", "(?<m>", "(?s:", "(?i-s:"];

const repetition = fc.constantFrom(...REPETITIONS);
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
  piece: fc.oneof(
    { maxDepth: 5 },
    fc.tuple(fc.constantFrom(...ATOMS), repetition).map((parts) => parts.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map((parts) => parts.join("|")),
    fc
      .tuple(fc.constantFrom(...OPENINGS), tie("pattern"), repetition)
      .map(([opening, inner, repeated]) => `${opening}${inner})${repeated}`),
  ),
}));

/** The size of what re2js compiles; undefined: RE2 does not take the pattern. */
function compiledSize(text: string): number | undefined {
  try {
    return RE2JS.compile(text).programSize();
  } catch {
    return undefined;
  }
}

describe("instructionsIn", () => {
  it("is never less than what re2js compiles, whatever the pattern", () => {
    let counted = 0;
    const property = fc.property(pattern, (text) => {
      const size = compiledSize(text);
      const instructions = instructionsIn(text);
      if (size === undefined || instructions === undefined || text === "") return;
      counted++;
      expect(instructions).toBeGreaterThanOrEqual(size);
    });
    fc.assert(property, { numRuns: 2_000 });
    expect(counted).toBeGreaterThan(500);
  });

  it.each(["(a{10}b){90}", "x{998}", ".{0,499}", "\\w{1,64}@\\w{1,64}", "\\b(\\d{1,3}\\.){3}\\d{1,3}\\b"])(
    "is what re2js compiles of %j",
    (text) => {
      expect(instructionsIn(text)).toBe(compiledSize(text));
    },
  );
});
