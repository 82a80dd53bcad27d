import { embeddedMetrics } from "../../../local/lambda/embedded-metrics";

const AT = 1_795_230_000_000;

/** A line with one directive, whose members the test changes. */
const line = (directive: object, root: object = {}, metadata: object = {}) => {
  const whole = { Namespace: "app", Dimensions: [[]], Metrics: [{ Name: "time" }], ...directive };
  return JSON.stringify({ _aws: { Timestamp: AT, CloudWatchMetrics: [whole], ...metadata }, time: 100, ...root });
};

const common = { Unit: "None", StorageResolution: 60, Dimensions: [], Timestamp: new Date(AT) };
const time = { MetricName: "time", Values: [100], Counts: [1], ...common };

describe("embeddedMetrics", () => {
  it("reads a metric without dimensions", () => {
    expect(embeddedMetrics(line({}))).toEqual([{ namespace: "app", datum: time }]);
  });

  // Source: Amazon CloudWatch User Guide "Specification: Embedded metric format", example.
  it("reads the specification's example", () => {
    const example = {
      _aws: {
        Timestamp: 1574109732004,
        CloudWatchMetrics: [
          {
            Namespace: "lambda-function-metrics",
            Dimensions: [["functionVersion"]],
            Metrics: [{ Name: "time", Unit: "Milliseconds", StorageResolution: 60 }],
          },
        ],
      },
      functionVersion: "$LATEST",
      time: 100,
      requestId: "989ffbf8-9ace-4817-a57c-e4dd734019ee",
    };
    expect(embeddedMetrics(JSON.stringify(example))).toEqual([
      {
        namespace: "lambda-function-metrics",
        datum: {
          ...time,
          Unit: "Milliseconds",
          Dimensions: [{ Name: "functionVersion", Value: "$LATEST" }],
          Timestamp: new Date(1574109732004),
        },
      },
    ]);
  });

  it("extracts a metric for each directive, metric and set of dimensions", () => {
    const directive = { Namespace: "other", Dimensions: [[]], Metrics: [{ Name: "size", Unit: "Bytes" }] };
    const both = {
      CloudWatchMetrics: [
        { Namespace: "app", Dimensions: [[], ["a"], ["a", "b"]], Metrics: [{ Name: "time" }, { Name: "size" }] },
        directive,
      ],
    };
    const found = embeddedMetrics(line({}, { size: 1, a: "1", b: "2" }, both));
    expect(found.map(({ namespace, datum }) => [namespace, datum.MetricName, datum.Dimensions!.length])).toEqual([
      ["app", "time", 0],
      ["app", "time", 1],
      ["app", "time", 2],
      ["app", "size", 0],
      ["app", "size", 1],
      ["app", "size", 2],
      ["other", "size", 0],
    ]);
  });

  it("counts equal values of an array", () => {
    const [metric] = embeddedMetrics(line({}, { time: [3, 1.5, 3, -2, 3] }));
    expect(metric!.datum).toMatchObject({ Values: [3, 1.5, -2], Counts: [3, 1, 1] });
  });

  it("keeps unit and storage resolution", () => {
    const definition = { Name: "time", Unit: "Bytes/Second", StorageResolution: 1 };
    const [metric] = embeddedMetrics(line({ Metrics: [definition] }));
    expect(metric!.datum).toMatchObject({ Unit: "Bytes/Second", StorageResolution: 1 });
  });

  it.each([
    ["text", "time 100"],
    ["broken JSON", '{"_aws":'],
    ["an array", "[1]"],
    ["null", "null"],
    ["JSON without metadata", '{"time":100}'],
    ["metadata that is no object", '{"_aws":"x","time":1}'],
    ["text before it", `at ${line({})}`],
    ["no timestamp", line({}, {}, { Timestamp: undefined })],
    ["a timestamp in words", line({}, {}, { Timestamp: "2026-11-21T03:00:00Z" })],
    ["a timestamp beyond all dates", line({}, {}, { Timestamp: 1e20 })],
    ["no directives", line({}, {}, { CloudWatchMetrics: undefined })],
    ["a directive that is none", line({}, {}, { CloudWatchMetrics: [null, 1, []] })],
    ["no namespace", line({ Namespace: undefined })],
    ["an empty namespace", line({ Namespace: "" })],
    ["no dimensions", line({ Dimensions: undefined })],
    ["dimensions that are no sets", line({ Dimensions: ["a"] }, { a: "1" })],
    ["a dimension that is missing", line({ Dimensions: [["a"]] })],
    ["a dimension that is a number", line({ Dimensions: [["a"]] }, { a: 1 })],
    ["an empty dimension", line({ Dimensions: [["a"]] }, { a: "" })],
    ["a dimension that every object has", line({ Dimensions: [["toString"]] })],
    ["too many dimensions", line({ Dimensions: [Array(31).fill("a")] }, { a: "1" })],
    ["no metrics", line({ Metrics: undefined })],
    ["too many metrics", line({ Metrics: Array(101).fill({ Name: "time" }) })],
    ["a metric without a name", line({ Metrics: [{ Unit: "Count" }] })],
    ["a metric that is missing", line({ Metrics: [{ Name: "size" }] })],
    ["a nested metric", line({ Metrics: [{ Name: "a.b" }] }, { a: { b: 1 } })],
    ["a metric in words", line({}, { time: "100" })],
    ["a metric with words", line({}, { time: [1, "2"] })],
    ["an empty array", line({}, { time: [] })],
    ["too many values", line({}, { time: Array(101).fill(1) })],
    ["an unknown unit", line({ Metrics: [{ Name: "time", Unit: "Hours" }] })],
    ["an unknown storage resolution", line({ Metrics: [{ Name: "time", StorageResolution: 5 }] })],
  ])("extracts nothing from a line with %s", (_, text) => {
    expect(embeddedMetrics(text)).toEqual([]);
  });

  it("leaves out invalid parts, and reads the rest", () => {
    const directive = { Dimensions: [["missing"], []], Metrics: [{ Name: "missing" }, { Name: "time" }] };
    expect(embeddedMetrics(line(directive))).toEqual([{ namespace: "app", datum: time }]);
  });
});
