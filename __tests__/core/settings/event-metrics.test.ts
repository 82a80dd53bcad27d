import { StandardUnit } from "@aws-sdk/client-cloudwatch";
import { METRICS } from "../../../core/metrics/forwarder";
import { patternErrors } from "../../../core/patterns/pattern-errors";
import { parseEnvironment } from "../../../core/settings/environment";
import { MAX_EVENT_METRICS, MAX_METRICS_LENGTH, parseMetrics } from "../../../core/settings/event-metrics";
import { METRIC_UNITS } from "../../../core/settings/metric-units";

const COUNTER = { where: [{ pattern: "a" }] };

const errorsOf = (metrics: unknown) => parseMetrics(JSON.stringify(metrics)).errors;
const mistakesOf = (metrics: unknown) => errorsOf(metrics).map((error) => error.split(" Allowed: ")[0]);

describe("parseMetrics", () => {
  it("reads counters, numbers, and dimensions with and without values", () => {
    const metrics = {
      payment_errors: { where: [{ field: "log.level", values: ["error"] }, { pattern: "payment" }] },
      latency: {
        value: "took",
        unit: "Milliseconds",
        dimensions: { service: { field: "service.name" }, status: { field: "status", values: ["200", "500"] } },
      },
      size: { value: "bytes", where: [{ field: "a", pattern: "b" }] },
    };
    expect(parseMetrics(JSON.stringify(metrics))).toEqual({
      errors: [],
      metrics: [
        {
          ...{ name: "payment_errors", unit: "Count", dimensions: [] },
          where: [
            { field: "log.level", values: ["error"] },
            { field: "message", pattern: "payment" },
          ],
        },
        {
          ...{ name: "latency", where: [], value: "took", unit: "Milliseconds" },
          dimensions: [
            { name: "service", field: "service.name" },
            { name: "status", field: "status", values: ["200", "500"] },
          ],
        },
        { name: "size", where: [{ field: "a", pattern: "b" }], value: "bytes", unit: "None", dimensions: [] },
      ],
    });
  });

  it("reads members that Terraform has set to null as missing ones", () => {
    const metric = { where: [{ field: null, pattern: "a", values: null }], value: null, unit: null, dimensions: null };
    expect(parseMetrics(JSON.stringify({ m: metric })).metrics).toEqual([
      { name: "m", where: [{ field: "message", pattern: "a" }], unit: "Count", dimensions: [] },
    ]);
  });

  it("reports all mistakes together, each with its place, what was given and what is allowed", () => {
    const metrics = {
      "": COUNTER,
      ":a": COUNTER,
      _aws: COUNTER,
      none: {},
      text: "a",
      unit: { ...COUNTER, unit: "Count" },
      units: { value: "took", unit: "ms" },
      feild: { ...COUNTER, feild: "x" },
      both: { where: [{ values: ["a"], pattern: "b" }, {}, { pattern: "" }, "x", { pattern: "a", rate: 1 }] },
      list: { where: { pattern: "a" } },
      many: { where: Array(6).fill({ pattern: "a" }) },
      dimensions: {
        ...COUNTER,
        dimensions: { dimensions: { field: "a" }, ":b": { field: "a b" }, c: {}, d: { field: 1 } },
      },
      values: { ...COUNTER, dimensions: { a: { field: "a", values: [] }, b: { field: "b", values: ["é"] } } },
      sets: {
        ...COUNTER,
        dimensions: { a: { field: "a", values: numbered(9) }, b: { field: "b", values: numbered(5) } },
      },
    };
    const errors = errorsOf(metrics);
    expect(errors.map((error) => error.split(" Allowed: ")[0])).toEqual([
      'METRICS[""] is no name of a metric.',
      'METRICS[":a"] is no name of a metric.',
      'METRICS["_aws"] is no name of a metric.',
      'METRICS["none"] counts every event.',
      'METRICS["text"] is "a", no JSON object.',
      'METRICS["unit"] has unit without value.',
      'METRICS["units"].unit is "ms".',
      'METRICS["feild"] has "feild".',
      'METRICS["both"].where[3] is "x", no JSON object.',
      'METRICS["both"].where[0] has values and pattern.',
      'METRICS["both"].where[1] has no condition.',
      'METRICS["both"].where[2].pattern is "".',
      'METRICS["both"].where[4] has "rate".',
      'METRICS["list"].where is {"pattern":"a"}, no JSON list.',
      'METRICS["many"] has 6 conditions.',
      'METRICS["dimensions"] has 4 dimensions.',
      'METRICS["dimensions"].dimensions["dimensions"] is the metric\'s name.',
      'METRICS["dimensions"].dimensions[":b"] is no name of a dimension.',
      'METRICS["dimensions"].dimensions[":b"].field is "a b".',
      'METRICS["dimensions"].dimensions["c"].field is missing.',
      'METRICS["dimensions"].dimensions["d"].field is 1, no text.',
      'METRICS["values"].dimensions["a"].values is [].',
      'METRICS["values"].dimensions["b"].values is ["é"].',
      'METRICS["sets"] has dimensions with 60 sets of values.',
    ]);
    for (const error of errors) expect(error).toMatch(/ Allowed: .+\.$/s);
  });

  it.each(["[]", "null", "{", "", '"{}"'])("rejects %j, which is no object", (json) => {
    expect(parseMetrics(json).errors).toEqual([expect.stringContaining("Allowed: a JSON object of up to 20 metrics")]);
  });

  it("allows so many metrics and bytes, and no more", () => {
    const many = (count: number) => Object.fromEntries(numbered(count).map((name) => [name, COUNTER]));
    expect(errorsOf(many(MAX_EVENT_METRICS))).toEqual([]);
    expect(mistakesOf(many(MAX_EVENT_METRICS + 1))).toEqual([expect.stringContaining("number of metrics: 21.")]);
    const long = (bytes: number) => {
      const metrics = Object.fromEntries(numbered(5).map((name) => [name, { where: [{ pattern: "x".repeat(370) }] }]));
      const rest = bytes - JSON.stringify({ ...metrics, last: { value: "" } }).length;
      return { ...metrics, last: { value: "x".repeat(rest) } };
    };
    expect(errorsOf(long(MAX_METRICS_LENGTH))).toEqual([]);
    expect(mistakesOf(long(MAX_METRICS_LENGTH + 1))).toEqual([expect.stringContaining("has 2049 bytes")]);
  });

  it("knows the units that CloudWatch knows", () => {
    expect([...METRIC_UNITS].sort()).toEqual(Object.values(StandardUnit).sort());
  });
});

describe("parseEnvironment, METRICS", () => {
  const REQUIRED = { SEARCH_ENDPOINT: "https://search.example", ARCHIVE_BUCKET: "logs", AWS_REGION: "eu-central-1" };

  it("asks for a namespace beside metrics, of a log group, too, and for patterns that RE2 takes", () => {
    const of = (variables: Record<string, string>) => () =>
      parseEnvironment({ ...REQUIRED, ...variables }, patternErrors);
    const METRICS_NAMESPACE = "logs";
    const metrics = JSON.stringify({ m: COUNTER });
    expect(of({ METRICS: metrics, METRICS_NAMESPACE })().METRICS).toHaveLength(1);
    expect(of({ METRICS: metrics })).toThrow("METRICS_NAMESPACE is not set. Allowed beside METRICS: ");
    const LOG_GROUPS = JSON.stringify([{ names: ["a"], METRICS: metrics }]);
    expect(of({ LOG_GROUPS })).toThrow("METRICS_NAMESPACE is not set. Allowed beside METRICS: ");
    expect(of({ LOG_GROUPS, METRICS_NAMESPACE })().LOG_GROUPS[0]!.variables.METRICS).toHaveLength(1);
    expect(of({ LOG_GROUPS: JSON.stringify([{ names: ["a"], METRICS: "" }]) })).not.toThrow();
    for (const name of Object.keys(METRICS)) {
      const own = JSON.stringify({ [name]: COUNTER });
      for (const variables of [{ METRICS: own }, { LOG_GROUPS: JSON.stringify([{ names: ["a"], METRICS: own }]) }])
        expect(of({ ...variables, METRICS_NAMESPACE })).toThrow(`METRICS has "${name}". Allowed: `);
    }
    const wrong = JSON.stringify({ m: { where: [{ pattern: "a" }, { pattern: "(?=b)" }] } });
    expect(of({ METRICS: wrong, METRICS_NAMESPACE })).toThrow('METRICS["m"].where[1].pattern is "(?=b)": ');
  });
});

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `m${i + 1}`);
