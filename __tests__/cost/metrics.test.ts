import { type MetricDataInput, metricDataInput } from "../../cost/metrics/queries";
import { readMetrics } from "../../cost/metrics/read-metrics";
import { DEFAULT_WORKLOAD } from "../../cost/model/workload";
import { REGIONS } from "../../cost/prices/regions";
import { reportOf } from "../../cost/report";
import { costText } from "../../cost/report-text";
import { plannedDeployment } from "./plans/read";

const plan = plannedDeployment("large");
/** As its state has it: a plan does not know the variables of its functions yet. */
const deployment = {
  ...plan,
  functions: plan.functions.map((each) => ({ ...each, variables: { METRICS_NAMESPACE: "large" } })),
};
/** Half past an hour: what has begun is left out. */
const NOW = Date.parse("2026-11-28T10:30:00Z");
const input = metricDataInput(deployment, 48, NOW);
const FIRST = "2026-11-26T10:00:00+00:00";
const LAST = "2026-11-28T09:00:00+00:00";

type Result = Record<string, unknown>;

/** What CloudWatch answers: a value at the first and at the last hour. */
const answers = (value: number, { MetricDataQueries }: MetricDataInput = input): Result[] =>
  MetricDataQueries.map(({ Id, Label }) => ({
    ...{ Id, Label, StatusCode: "Complete" },
    ...{ Timestamps: [LAST, FIRST], Values: [value, value] },
  }));

function read(content: unknown) {
  const errors: string[] = [];
  const measured = readMetrics(typeof content === "string" ? content : JSON.stringify(content), deployment, errors);
  expect(measured === undefined).toBe(errors.length > 0);
  return { measured, errors };
}

const answer = (results: readonly Result[], more: object = {}) => ({ MetricDataResults: results, ...more });

describe("the question to a running account", () => {
  it("is about log groups, streams and forwarders, and the forwarders' own metrics, by whole hours", () => {
    expect([input.StartTime, input.EndTime]).toEqual(["2026-11-26T10:00:00.000Z", "2026-11-28T10:00:00.000Z"]);
    const asked = input.MetricDataQueries.map(({ MetricStat: { Metric, Stat } }) =>
      [Metric.Namespace, Metric.MetricName, Stat, ...Metric.Dimensions.map(({ Value }) => Value)].join(" "),
    );
    expect(asked).toEqual([
      ...["/app/checkout", "/app/import", "/app/search"].map((name) => `AWS/Logs IncomingBytes Sum ${name}`),
      ...["IncomingBytes", "IncomingRecords"].flatMap((name) =>
        ["all", "burst"].map((stream) => `AWS/Kinesis ${name} Sum large_${stream}`),
      ),
      ...["Invocations", "Duration"].flatMap((name) =>
        ["all", "burst"].map((stream) => `AWS/Lambda ${name} Sum large_${stream}`),
      ),
      ...[
        "ReceivedBytes Sum",
        "Records Sum",
        "Duration SampleCount",
        "Duration Sum",
        "Events Sum",
        "SentBytes Sum",
      ].map((name) => `large ${name}`),
      "large ArchivedBytes Sum",
    ]);
    // GetMetricData takes ids of letters, digits and "_", from a small letter on.
    for (const { Id, MetricStat } of input.MetricDataQueries) {
      expect(Id).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
      expect(MetricStat.Period).toBe(3_600);
    }
  });

  it("has no metrics of forwarders that write none", () => {
    const functions = deployment.functions.map((each) => ({ ...each, variables: { METRICS_NAMESPACE: "" } }));
    const ids = metricDataInput({ ...deployment, functions }, 1, NOW).MetricDataQueries.map(({ Id }) => Id);
    expect(ids.filter((id) => id.startsWith("own_"))).toEqual([]);
  });
});

describe("the answer", () => {
  it("says what was counted, by the services' metrics where they have values", () => {
    const { measured } = read(answer(answers(1_000), { Messages: [] }));
    expect(measured).toEqual({
      ...{ days: 2, logBytes: 6_000, streamBytes: 4_000, streamRecords: 4_000, invocations: 4_000, functionSeconds: 4 },
      ...{ events: 2_000, sentBytes: 2_000, archivedBytes: 2_000 },
      time: { from: "2026-11-26T10Z", to: "2026-11-28T10Z", silentHours: 46 },
    });
  });

  it("says it by the forwarders' own metrics, where AWS's have none, and names what nobody counted", () => {
    const isOwn = ({ Id }: Result) => String(Id).startsWith("own_");
    const results = answers(1_000).map((each) => (isOwn(each) ? each : { ...each, Timestamps: [], Values: [] }));
    const { measured } = read(answer(results));
    expect(measured).toMatchObject({ streamBytes: 2_000, invocations: 2_000, functionSeconds: 2 });
    expect(measured).not.toHaveProperty("logBytes");
    const workload = { ...DEFAULT_WORKLOAD, measured: measured! };
    const text = costText(reportOf({ deployment, workload, prices: REGIONS.get("us-east-1")!, isJson: false }));
    expect(text).toContain("Counted from 2026-11-26T10Z to 2026-11-28T10Z: the streams' bytes, ");
    expect(text).toContain("What log groups ingested is taken from the streams' bytes, by what gzip leaves of them.");
    expect(text).toContain("In 46 of 48 hours nothing was counted");
  });

  it("may have times in seconds, as AWS CLI 1 prints them", () => {
    const inSeconds = (time: unknown) => Date.parse(String(time)) / 1_000;
    const results = answers(1_000).map((each) => ({ ...each, Timestamps: [LAST, FIRST].map(inSeconds) }));
    expect(read(answer(results))).toEqual(read(answer(answers(1_000))));
  });

  it("may come in pages", () => {
    const pages = [
      ...answers(1).map((each) => ({ ...each, StatusCode: "PartialData", Timestamps: [FIRST], Values: [1] })),
      ...answers(1).map((each) => ({ ...each, Timestamps: [LAST], Values: [2] })),
    ];
    expect(read(answer(pages)).measured).toMatchObject({ logBytes: 9 });
  });

  const without = (results: Result[]) => results.map((each) => ({ ...each, Timestamps: [], Values: [] }));
  const young = (first: string) => answers(1).map((each) => ({ ...each, Timestamps: [LAST, first] }));
  it.each<[string, unknown, RegExp]>([
    [
      "no JSON",
      "Unable to locate credentials",
      /^it is no JSON\. Allowed: what `aws cloudwatch get-metric-data` prints/,
    ],
    ["another command's output", { Datapoints: [] }, /^it has no MetricDataResults/],
    ["a part", answer(answers(1), { NextToken: "x" }), /^it has a NextToken: results are missing/],
    [
      "a metric too much",
      answer([...answers(1), { Id: "group_9", Values: [] }]),
      /"group_9", which this plan does not ask for\. Print the queries of this plan/,
    ],
    ["missing metrics", answer(answers(1).slice(1)), /^it has no result of group_0\. Allowed: /],
    [
      "partial results",
      answer(answers(1).map((each) => ({ ...each, StatusCode: "PartialData" }))),
      /^group_0 is "PartialData", as 18 of its results are\. Allowed: Complete\. Ask again\.$/,
    ],
    ["failed", answer(answers(1).map((each) => ({ ...each, StatusCode: "Forbidden" }))), /^group_0 is "Forbidden"/],
    ["values below 0", answer(answers(-1)), /^group_0 has a value that is no number from 0 on/],
    [
      "values without times",
      answer(answers(1).map((each) => ({ ...each, Timestamps: [] }))),
      /^group_0 has values without a time/,
    ],
    ["results without an id", answer([{}]), /^a result has no Id/],
    [
      "queries of somebody",
      answer(answers(1).map((each) => ({ ...each, Label: "bytes" }))),
      /^group_0 has no label of --metric-queries/,
    ],
    [
      "another plan's",
      answer(answers(1).map((each) => ({ ...each, Label: String(each.Label).replace("/app/checkout", "/app/paid") }))),
      /^group_0 is AWS\/Logs IncomingBytes of \/app\/paid, and AWS\/Logs IncomingBytes of \/app\/checkout in this plan\. Print the queries/,
    ],
    [
      "another region's",
      answer(answers(1, metricDataInput({ ...deployment, region: "eu-west-1" }, 48, NOW))),
      /^it is of eu-west-1, and the plan of eu-central-1\. Print the queries anew/,
    ],
    [
      "two times",
      answer([...answers(1).slice(0, 3), ...answers(1, metricDataInput(deployment, 24, NOW)).slice(3)]),
      /^its results are of 2 regions or times\. Allowed: one\./,
    ],
    [
      "nothing",
      answer(without(answers(1))),
      /^it has no values: nothing was counted from 2026-11-26T10Z to 2026-11-28T10Z\. Ask in the pipeline's region, --region eu-central-1/,
    ],
    [
      "an hour that is not over",
      answer(young("2026-11-28T10:00:00Z")),
      /^it has values of 2026-11-28T10:00:00.000Z\. Allowed: whole hours from/,
    ],
    [
      "parts of hours",
      answer(young("2026-11-26T10:30:00Z")),
      /^it has values of 2026-11-26T10:30:00.000Z\. Allowed: whole hours/,
    ],
    [
      "a younger pipeline",
      answer(young("2026-11-27T12:00:00Z")),
      /^nothing was counted from 2026-11-26T10Z to 2026-11-27T12Z: the pipeline is younger\. Ask for the time since then, by --metric-queries --metric-hours 22\./,
    ],
  ])("is rejected as %s", (_, content, error) => {
    const { errors } = read(content);
    expect(errors[0]).toMatch(error);
    expect(errors.length).toBeLessThanOrEqual(4);
  });
});
