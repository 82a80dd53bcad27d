import fc from "fast-check";
import { compilePattern } from "../../../core/patterns/pattern";
import { parseExtractedFields } from "../../../core/settings/extracted-fields";
import { validationErrors } from "../../../modules/inputs/validation-errors";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

const errorsOf = (fields: object) => validationErrors(pipelineInputs, { logGroups: { foo: { fields } } });

/** Each value that is refused once among those that are not. */
const either = <T>(allowed: readonly T[], refused: readonly T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...allowed) },
    { weight: 1, arbitrary: fc.constantFrom(...refused) },
  );

const anyName = either(
  ["page", "page.of", "pages", "user.name", "log.level", "a.b.c.d.e.f.g.h.i.j", "a-b_c.1", "x".repeat(100)],
  [
    "log",
    "event.original",
    "aws.page",
    "json",
    "labels",
    "1a",
    "a..b",
    "a.b.",
    "é",
    "x".repeat(101),
    "a b",
    "__proto__",
  ],
);

const anyField = fc.record({
  from: either(["message", "url.path", "\u00a0", "x".repeat(256)], ["", "a b", '"', "a\u000bb", "x".repeat(257)]),
  pattern: either(
    ["a", "(?P<page>[^/]+)", "a{400}", "😀".repeat(500)],
    ["", "(", "(?P<a>b)(?P<a>c)", "x{0,500}", "é".repeat(501)],
  ),
});

it("fields are refused at synth if the function would refuse them", () => {
  const counts = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(fc.dictionary(anyName, anyField, { maxKeys: 3 }), (fields) => {
      const takesPatterns = Object.values(fields).every(({ pattern }) => typeof compilePattern(pattern) !== "string");
      // As Terraform writes them.
      const json = JSON.stringify(fields).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
      const isValid = takesPatterns && parseExtractedFields(json).errors.length === 0;
      counts[isValid ? "accepted" : "refused"]++;
      expect([fields, errorsOf(fields).length === 0]).toEqual([fields, isValid]);
    }),
    { numRuns: 400 },
  );
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(40);
});
