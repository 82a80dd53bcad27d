import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import fc from "fast-check";
import { compilePattern } from "../../../core/patterns/pattern";
import { parseRules } from "../../../core/settings/rules";
import { validationErrors } from "../../../modules/inputs/validation-errors";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

const errorsOf = (rules: readonly object[]) => validationErrors(pipelineInputs, { logGroups: { foo: { rules } } });

/** What Terraform gives to the function. */
const given = (rules: readonly object[]) =>
  JSON.stringify(rules, (_, value: unknown) => (value === null ? undefined : value));

/** Mostly null, or else allowed twice as often as not. */
const member = <T>(allowed: readonly T[], refused: readonly T[]) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constantFrom(...allowed) },
    { weight: 1, arbitrary: fc.constantFrom(...refused) },
  );

const anyRule = fc.record({
  action: fc.constantFrom("drop", "keep", "sample", "redact", "redact", "mask"),
  field: member(["message", "a.b", "\u00a0", "😀".repeat(500)], ["a b", "", '"', "x".repeat(501)]),
  values: member([["a"], ["a", ""]], [[], ["x".repeat(501)], Array<string>(51).fill("a")]),
  pattern: member(["^a", "a{400}", "😀".repeat(500)], ["", "(", "(?P<a>b)(?P<a>c)", "x{0,500}", "é".repeat(501)]),
  rate: member([0, 0.5, 1], [-1, 2]),
  what: member([["email"], ["email", "ipv4"]], [[], ["phone"]]),
});

it("rules are refused at synth if the function would refuse them, and a drop of everything, too", () => {
  const counts = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(fc.tuple(anyRule), (rules) => {
      const takesPatterns = rules.every(({ pattern }) => typeof compilePattern(pattern ?? "") !== "string");
      const dropsAll = rules.some(({ action, values, pattern }) => action === "drop" && !values && !pattern);
      const isValid = takesPatterns && !dropsAll && parseRules(given(rules)).errors.length === 0;
      counts[isValid ? "accepted" : "refused"]++;
      expect([rules, errorsOf(rules).length === 0]).toEqual([rules, isValid]);
    }),
    { numRuns: 400 },
  );
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(10);
});

it("rules are refused at synth if they take more bytes than the function allows, as Terraform writes them", () => {
  const rules = (pattern: string) => Array.from({ length: 4 }, () => ({ action: "redact", pattern, field: null }));
  // 33 bytes for each rule and its comma, and 1 for the list.
  expect(errorsOf(rules("x".repeat(478)))).toEqual([]);
  expect(errorsOf(rules("x".repeat(479)))).toEqual([expect.stringContaining("allowed is up to 2,048 bytes as JSON")]);
  expect(errorsOf(rules("<".repeat(79)))).toEqual([]);
  expect(errorsOf(rules("<".repeat(80)))).toEqual([expect.stringContaining("allowed is up to 2,048 bytes as JSON")]);
});

it("rules may hold tokens, which are left to Terraform", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const { value } = new TerraformVariable(stack, "pattern", { type: "string" });
  const rules = [{ action: "drop", pattern: value }, { action: Token.asString(value), pattern: "a" }, value];

  expect(errorsOf(rules)).toEqual([]);
});
