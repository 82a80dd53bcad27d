import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import fc from "fast-check";
import { OWN_METRIC_NAMES } from "../../../core/metrics/own-names";
import { compilePattern } from "../../../core/patterns/pattern";
import { parseMetrics } from "../../../core/settings/event-metrics";
import { validationErrors } from "../../../modules/inputs/validation-errors";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

type Condition = Record<"field" | "values" | "pattern", unknown>;

const errorsOf = (metrics: unknown) => validationErrors(pipelineInputs, { logGroups: { foo: { metrics } } });

/** What Terraform gives to the function: nothing that is null or empty. */
const given = (metrics: object): string =>
  JSON.stringify(metrics, (_, value: unknown) =>
    value === null || (typeof value === "object" && Object.keys(value!).length === 0) ? undefined : value,
  );

/** Mostly null, or else allowed twice as often as not. */
const member = <T>(allowed: readonly T[], refused: readonly T[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.constantFrom(...allowed) },
    { weight: 1, arbitrary: fc.constantFrom(...refused) },
  );

const condition = fc.record({
  field: member(["message", "a.b", "😀".repeat(500)], ["a b", "", "x".repeat(501)]),
  values: member([["a"], ["a", ""]], [["x".repeat(501)], Array<string>(51).fill("a")]),
  pattern: member(["^a", "a{400}"], ["", "(", "é".repeat(501)]),
});

const dimension = fc.record({
  field: fc.constantFrom("a", "b.c", "b.c", "a b"),
  values: member([["a"], ["~ !"], ["a", "b", "c", "d", "e", "f"]], [["é"], [" a"], [""], ["\t"]]),
});

const name = fc.constantFrom(
  "errors",
  "Latency/p",
  "a_b-c.d#1",
  "x".repeat(100),
  "a",
  "a b",
  ":a",
  "_a",
  "x".repeat(101),
);

const anyMetric = fc.record({
  where: fc.array(condition, { maxLength: 2 }),
  value: member(["took", "a.b"], ["a b", ""]),
  unit: member(["Milliseconds", "None", "Bytes/Second"], ["ms", "bytes", ""]),
  dimensions: fc.dictionary(name, dimension, { maxKeys: 4 }),
});

it("metrics are refused at synth if the function would refuse them", () => {
  const counts = { accepted: 0, refused: 0 };
  const takesPattern = ({ pattern }: Condition) => typeof compilePattern(String(pattern ?? "")) !== "string";
  fc.assert(
    fc.property(name, anyMetric, (key, metric) => {
      const isValid = metric.where.every(takesPattern) && parseMetrics(given({ [key]: metric })).errors.length === 0;
      counts[isValid ? "accepted" : "refused"]++;
      expect([metric, errorsOf({ [key]: metric }).length === 0]).toEqual([metric, isValid]);
    }),
    { numRuns: 400, seed: 46 },
  );
  expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(10);
});

it("metrics have no name of those that a pipeline's functions report", () => {
  expect(OWN_METRIC_NAMES).toEqual(
    expect.arrayContaining(["Events", "DeletedIndices", "MissingEvents", "ReadObjects"]),
  );
  for (const own of OWN_METRIC_NAMES)
    expect(errorsOf({ [own]: { value: "a" } })).toEqual([expect.stringContaining("the pipeline's own metrics")]);
});

it("metrics are refused at synth if they take more bytes than the function allows, without what is not given", () => {
  const metrics = (length: number) =>
    Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((key) => [
        key,
        { value: "x".repeat(length), unit: null, where: [], dimensions: {} },
      ]),
    );
  // 17 bytes for each metric with its comma, and 1 for the object.
  expect(errorsOf(metrics(392))).toEqual([]);
  expect(errorsOf(metrics(393))).toEqual([expect.stringContaining("allowed is up to 2,048 bytes as JSON")]);
});

it("metrics may hold tokens, which are left to Terraform", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const { value } = new TerraformVariable(stack, "any", { type: "any" });
  const text = Token.asString(value);
  const dimensions = { service: { field: text, values: value }, zone: value };
  expect(errorsOf({ a: { value: text, unit: text }, b: value, c: { where: value, dimensions } })).toEqual([]);
  expect(errorsOf(value)).toEqual([]);
});
