import * as fc from "fast-check";
import { indicesOfSettings } from "../../../core/indices/configured-indices";
import { overlapWarnings } from "../../../search/indices/overlaps";
import { defaultIndexSettings } from "../../support/index-settings";

const NOW = Date.parse("2026-11-26T12:00Z");
const INDICES = indicesOfSettings(defaultIndexSettings())!;

const template = (name: string, index_patterns: string | string[], priority?: number) => ({
  name,
  index_template: { index_patterns, ...(priority !== undefined && { priority }) },
});

const warnings = (...index_templates: unknown[]) => overlapWarnings(INDICES, { index_templates }, NOW);

describe("overlapWarnings", () => {
  it.each(["*", "cwl-*", "*2026.11.26", "cwl-*-2026.*", ["logs-*", "c*l*26"]])(
    "warns about %p of a higher priority",
    (patterns) => {
      expect(warnings(template("theirs", patterns, 200))).toEqual([
        expect.stringMatching(
          /^The index template "theirs" matches indices such as cwl-.*-2026\.11\.26, too, and its priority 200/,
        ),
      ]);
    },
  );

  it.each(["cwl-", "logs-*", "cwl-*-2025*", "*.w*", "cwl-*x", ""])(
    "does not warn about %p, which matches none of its indices",
    (pattern) => {
      expect(warnings(template("theirs", pattern, 200))).toEqual([]);
    },
  );

  it("does not warn about its own, nor about one that it wins over", () => {
    expect(warnings(template("logging-pipeline", "*", 500), template("a", "*"), template("b", "*", 103))).toEqual([]);
  });

  it("tells patterns as an expression does", () => {
    const part = fc.string({ unit: fc.constantFrom("*", "c", "w", "-", "2", "."), maxLength: 8 });
    fc.assert(
      fc.property(part, (pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
        const [sample] = warnings(template("all", "*", 200)).map((text) => /such as (\S+),/.exec(text)![1]!);
        expect(warnings(template("x", pattern, 200)).length > 0).toBe(expression.test(sample!));
      }),
    );
  });

  it("reads nothing into a response of another form", () => {
    fc.assert(fc.property(fc.jsonValue(), (response) => expect(overlapWarnings(INDICES, response, NOW)).toEqual([])));
  });
});
