import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { METRICS } from "../../core/metrics/forwarder";
import { problemsOfDashboard } from "../support/dashboard-body";
import { PlanBatch } from "../support/plan-batch";
import { account, changesIn, type ModulePlan, planned, region } from "../support/terraform";

jest.setTimeout(300_000);

const topic = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;
const name = "logging-pipeline";

const plans = new PlanBatch("logging-pipeline");
const ofAll = plans.add({ alarms: { actions: [topic("alarms")] }, dashboard: true });
const ofFew = plans.add({
  ...{ search_endpoint: "https://search.example.com", log_groups: {}, dashboard: true },
  index_cleanup: { schedule: "rate(1 day)", keep_days: 7 },
  audit: { schedule: "rate(1 hour)" },
  alarms: {
    ...{ actions: [topic("alarms")], ok_actions: [], insufficient_data_actions: [topic("gaps")] },
    ...{ each_log_group: false, iterator_age_minutes: 5, failing_minutes: 30, quarantined_events: 7 },
    nothing_arrived_minutes: 0,
  },
});
let plan: ModulePlan;
let small: ModulePlan;

beforeAll(async () => {
  plan = await ofAll();
  small = await ofFew();
});

interface Planned {
  readonly [name: string]: unknown;
  readonly alarm_name: string;
  readonly metric_name: string | null;
  readonly metric_query?: readonly { readonly expression: string }[];
  readonly ok_actions?: readonly string[] | null;
  readonly insufficient_data_actions?: readonly string[] | null;
}

const alarmsIn = ({ resource_changes }: ModulePlan, address = "this") =>
  Object.fromEntries(
    resource_changes
      .filter(({ type, name }) => type === "aws_cloudwatch_metric_alarm" && name === address)
      .map(({ index, change }): [string, Planned] => [String(index), change.after as Planned]),
  );

const conditionsOf = (alarms: Readonly<Record<string, Planned>>) =>
  Object.fromEntries(
    Object.entries(alarms).map(([key, alarm]) => {
      const { metric_name, metric_query, statistic, comparison_operator, threshold, evaluation_periods } = alarm;
      const what = metric_query?.[0]?.expression ?? `${alarm.namespace} ${metric_name} ${statistic}`;
      const sign = comparison_operator === "LessThanThreshold" ? "<" : ">";
      return [key, `${what} ${sign} ${threshold}, ${evaluation_periods} x 300 s, ${alarm.treat_missing_data}`];
    }),
  );

const query = (metric: string, filter: string) =>
  `SELECT SUM(${metric}) FROM SCHEMA("AWS/Logs", DestinationType, FilterName, LogGroupName) WHERE FilterName = '${filter}'`;

describe("alarms", () => {
  it("are all in the table of docs/alarms.md", async () => {
    const text = await readFile(join(__dirname, "../../docs/alarms.md"), "utf8");
    const rows = [...text.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, names]) => names!.replaceAll("`", ""));
    const ofFoo = Object.keys(alarmsIn(plan, "log_group")).filter((key) => key.startsWith("foo:"));
    const keys = [...Object.keys(alarmsIn(plan)), ...ofFoo.map((key) => key.replace("foo", "<log group>"))];

    expect(rows).toEqual(expect.arrayContaining([...keys, ...Object.keys(alarmsIn(small))]));
  });

  it("add 9 resources and 5 for each log group, the dashboard 1", () => {
    expect(changesIn(plan)).toEqual({ create: 50 });
    expect(changesIn(small)).toEqual({ create: 29 });
  });

  it("watch the whole pipeline by the functions' own metrics, and its domain by AWS's recommendation", () => {
    const alarms = alarmsIn(plan);

    expect(conditionsOf(alarms)).toEqual({
      iterator_age: `${name} IteratorAge Maximum > 3600000, 1 x 300 s, notBreaching`,
      returned_records: `${name} UnprocessedRecords Sum > 0, 3 x 300 s, notBreaching`,
      rejected_events: `${name} RejectedEvents Sum > 0, 1 x 300 s, notBreaching`,
      dead_lettered_records: `${name} DeadLetteredRecords Sum > 0, 1 x 300 s, notBreaching`,
      nothing_arrived: `${name} Records Sum < 1, 12 x 300 s, breaching`,
      domain_writes_blocked: "AWS/ES ClusterIndexWritesBlocked Maximum > 0, 1 x 300 s, missing",
      domain_red: "AWS/ES ClusterStatus.red Maximum > 0, 1 x 300 s, missing",
      domain_free_storage: "AWS/ES FreeStorageSpace Minimum < 2560, 1 x 300 s, missing",
      domain_jvm_memory_pressure: "AWS/ES JVMMemoryPressure Maximum > 95, 3 x 300 s, missing",
    });
    const own = Object.values(alarms).filter(({ namespace }) => namespace === name);
    expect(Object.keys(METRICS)).toEqual(expect.arrayContaining(own.map(({ metric_name }) => metric_name)));
    for (const { dimensions } of own) expect(dimensions ?? {}).toEqual({});
    expect(alarms.domain_red!.dimensions).toEqual({ DomainName: name, ClientId: account });
  });

  it("watch the filter, the stream and the function of each log group", () => {
    const alarms = alarmsIn(plan, "log_group");

    expect(Object.keys(alarms)).toHaveLength(15);
    const ofFoo = Object.entries(conditionsOf(alarms)).filter(([key]) => key.startsWith("foo:"));
    expect(Object.fromEntries(ofFoo)).toEqual({
      "foo:function_errors": "AWS/Lambda Errors Sum > 0, 3 x 300 s, notBreaching",
      "foo:function_throttles": "AWS/Lambda Throttles Sum > 0, 3 x 300 s, notBreaching",
      "foo:delivery_errors": `${query("DeliveryErrors", `${name}_foo`)} > 0, 1 x 300 s, notBreaching`,
      "foo:delivery_throttling": `${query("DeliveryThrottling", `${name}_foo`)} > 0, 3 x 300 s, notBreaching`,
      "foo:stream_write_throttles": "AWS/Kinesis WriteProvisionedThroughputExceeded Sum > 0, 3 x 300 s, notBreaching",
    });
    expect(alarms["foo:function_errors"]).toMatchObject({
      alarm_name: `${name}_foo-function-errors`,
      dimensions: { FunctionName: `${name}_foo` },
      period: 300,
    });
    expect(alarms["foo:stream_write_throttles"]!.dimensions).toEqual({ StreamName: `${name}_foo` });
    expect(alarms["foo:delivery_errors"]).toMatchObject({
      ...{ metric_name: null, namespace: null, statistic: null, period: null, dimensions: null },
      metric_query: [{ id: "query", period: 300, return_data: true, metric: [] }],
    });
  });

  it("notify the topics when they begin and when they end, and say what is wrong and where to look", () => {
    const all = [...Object.values(alarmsIn(plan)), ...Object.values(alarmsIn(plan, "log_group"))];
    for (const alarm of all) {
      expect(alarm).toMatchObject({ alarm_actions: [topic("alarms")], ok_actions: [topic("alarms")] });
      expect(alarm.insufficient_data_actions ?? []).toEqual([]);
      expect(alarm.actions_enabled ?? true).toBe(true);
      expect(alarm.alarm_description).toMatch(/^[A-Z][^<>]{50,1023}\.$/);
      expect(alarm.alarm_name.length).toBeLessThanOrEqual(255);
    }
    expect(new Set(all.map(({ alarm_name }) => alarm_name)).size).toBe(24);
  });

  it("begin when the inputs say, and notify other topics of their end and of missing data", () => {
    const alarms = alarmsIn(small);

    expect(conditionsOf(alarms)).toEqual({
      iterator_age: `${name} IteratorAge Maximum > 300000, 1 x 300 s, notBreaching`,
      returned_records: `${name} UnprocessedRecords Sum > 0, 6 x 300 s, notBreaching`,
      rejected_events: `${name} RejectedEvents Sum > 7, 1 x 300 s, notBreaching`,
      dead_lettered_records: `${name} DeadLetteredRecords Sum > 7, 1 x 300 s, notBreaching`,
      index_cleanup_errors: "AWS/Lambda Errors Sum > 0, 1 x 300 s, notBreaching",
      audit_errors: "AWS/Lambda Errors Sum > 0, 1 x 300 s, notBreaching",
      missing_events: `${name} MissingEvents Sum > 0, 1 x 300 s, notBreaching`,
      duplicate_events: `${name} DuplicateEvents Sum > 0, 1 x 300 s, notBreaching`,
    });
    expect(alarms.iterator_age).toMatchObject({ insufficient_data_actions: [topic("gaps")] });
    expect(alarms.iterator_age!.ok_actions ?? []).toEqual([]);
    expect(alarms.index_cleanup_errors!.dimensions).toEqual({ FunctionName: `${name}-index-cleanup` });
    expect(alarmsIn(small, "log_group")).toEqual({});
  });
});

describe("the dashboard", () => {
  const bodyOf = (of: ModulePlan) => String(planned(of, "aws_cloudwatch_dashboard.this[0]").dashboard_body);

  it("has graphs as CloudWatch takes them, as many whatever the number of log groups, and those of the domain that is made", () => {
    expect(planned(plan, "aws_cloudwatch_dashboard.this[0]").dashboard_name).toBe(name);
    expect(problemsOfDashboard(bodyOf(plan))).toEqual([]);
    expect(problemsOfDashboard(bodyOf(small))).toEqual([]);
    const [all, withoutDomain] = [plan, small].map((of) => JSON.parse(bodyOf(of)).widgets as object[]);
    expect(withoutDomain).toEqual(all!.filter((graph) => !JSON.stringify(graph).includes("AWS/ES")));
    expect(all!.length - withoutDomain!.length).toBe(3);
  });

  it("has every metric of an alarm", () => {
    const body = bodyOf(plan).replaceAll("\\", "");
    const metrics = [...Object.values(alarmsIn(plan)), ...Object.values(alarmsIn(plan, "log_group"))].map(
      ({ metric_name, metric_query }) => metric_name ?? /SUM\((\w+)\)/.exec(metric_query![0]!.expression)![1],
    );
    expect(metrics.filter((metric) => !body.includes(`"${metric}"`))).toEqual([]);
  });
});
