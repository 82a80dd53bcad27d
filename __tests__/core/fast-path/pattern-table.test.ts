import fc from "fast-check";
import { mayBothFit } from "../../../core/fast-path/pattern-automaton";
import { patternTable } from "../../../core/fast-path/pattern-table";
import { PARSERS } from "../../../core/parsers/parsers";
import { SIGNATURES } from "../../../core/parsers/signatures";

/** Reads a text by a table as assembly/fields/pattern.ts documents it; undefined: the table has no class for a character. */
function fits(table: Buffer, text: string): boolean | undefined {
  const [classes, accepting, start] = [0, 4, 8].map((at) => table.readUInt32LE(at)) as [number, number, number];
  let state = start;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code >= 128) return undefined;
    state = table[12 + 128 + state * classes + table[12 + code]!]!;
    if (state <= 1) return state === 1;
  }
  return state >= accepting;
}

const FORMS = Object.values(PARSERS).flatMap((make) =>
  (make({ fields: [] }).line?.forms ?? []).flatMap(({ is }) => (is instanceof RegExp ? [is] : [])),
);
const PATTERNS = [
  ...FORMS,
  ...SIGNATURES.map(({ pattern }) => pattern),
  /^a(?:bc?|d){2,3}[^x-z]*$/,
  /a.c/,
  /^(?:x*y|-)+/s,
  /^[\w.-]{0,3}=/,
];

describe("the table of a pattern", () => {
  it("says of each text what the regular expression says, as far as it has to look", () => {
    for (const pattern of PATTERNS) {
      const table = patternTable(pattern);
      // Texts that fit, cut or changed in one place: near all that a table decides.
      const near = fc
        .tuple(fc.stringMatching(pattern), fc.nat({ max: 100 }), fc.string({ maxLength: 2 }), fc.boolean())
        .map(([text, at, inserted, isCut]) => {
          const i = at % (text.length + 1);
          return text.slice(0, i) + inserted + text.slice(isCut ? text.length : i + inserted.length);
        });
      const property = fc.property(fc.oneof(near, fc.stringMatching(pattern), fc.string()), (text) => {
        const found = fits(table, text);
        if (found !== undefined) expect([text, found]).toEqual([text, pattern.test(text)]);
      });
      fc.assert(property, { numRuns: 100 });
    }
  });

  it("is of no use for two patterns that no text can begin as both of", () => {
    const signatures = SIGNATURES.map(({ pattern }) => pattern);
    const apart = signatures.flatMap((one) =>
      signatures.filter((other) => !mayBothFit(one, other)).map((other) => [one, other] as const),
    );
    expect(apart.length).toBeGreaterThan(signatures.length);
    for (const [one, other] of apart) {
      const property = fc.property(fc.stringMatching(one), (text) => !other.test(text));
      fc.assert(property, { numRuns: 20 });
    }
    expect(mayBothFit(/^ab?c/, /^a[b-d]/)).toBe(true);
    expect(mayBothFit(/^ab?c/, /^a[de]/)).toBe(false);
    expect(mayBothFit(/^ab/, /^abc$/)).toBe(true);
  });

  it.each([/(?=a)b/, /a$|b/, /^a/i, /\ba/, /[é]/, /(?<name>a)/, /a{1,400}$/, /^a*/])("is refused for %s", (pattern) => {
    expect(() => patternTable(pattern)).toThrow();
  });
});
