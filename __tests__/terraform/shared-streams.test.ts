import { layoutsOfEnvironment, layoutsOfSettings } from "../../core/events/configured-layouts";
import { indexNameOf } from "../../core/events/index-layout";
import { ENVIRONMENT } from "../../core/settings/environment";
import { parseIndexSettings } from "../../core/settings/index-settings";
import { MESSAGE_VARIABLES } from "../../core/settings/message-variables";
import { parseVariables } from "../../core/settings/parse-variables";
import { laneName } from "../../modules/logging-pipeline/lane-name";
import { PlanBatch } from "../support/plan-batch";
import { account, keyAndRole, planned, region } from "../support/terraform";
import { countByType } from "./support/count-by-type";
import { fields, laneVariables, rules } from "./support/lanes";
import { MANY, POLICY_LIMITS } from "./support/many-log-groups";

jest.setTimeout(600_000);

const { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, LOG_GROUPS } = ENVIRONMENT;
const NAMING = { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, LOG_GROUPS };

const plans = new PlanBatch("logging-pipeline");

describe("the plan of log groups that share a stream", () => {
  const redacting = [{ action: "redact", what: ["email"] }];
  const planOfShared = plans.add({
    streams: {
      apps: {
        ...{ rules, metrics: { n: { value: "a" } } },
        retention_hours: 48,
        batch_size: 9,
        function_memory_mib: 256,
        reserved_concurrent_executions: 2,
      },
      other: {},
    },
    log_groups: {
      "/as/its/stream": { stream: "apps" },
      "/a": { stream: "apps", index: "carts", parser: "none" },
      "/a/too": { stream: "apps", index: "carts", parser: "none" },
      "/b": { stream: "apps", index: "carts", parser: "none", metrics: {} },
      "/moved": { stream: "apps", keep_own_stream: true, shards: 3, rules: [], fields },
      "/between": { stream: "other", previous_stream: "apps", rules: redacting },
      own: {},
    },
    log_destination: { stream: "other", account_ids: ["210987654321"] },
    stream_consumers: { fraud: "apps", moved: "/moved" },
    ...{ default_index: "logs", archive_content: "redacted" },
    index_history: {
      "2026-12-01T00:00:00Z": { default_index: "all", indices: { "/b": "b", own: "own" } },
      "2025-12-01T00:00:00Z": { period: "month", indices: { "/moved": "moved" } },
    },
    ...{ search_endpoint: "https://search.example.com", archive_bucket: "the-archive" },
    alarms: { actions: [`arn:aws:sns:${region}:${account}:alarms`] },
  });
  /** The lanes that may get events of each log group; other accounts have log groups of any name. */
  const LANES_OF = {
    ...{ "/as/its/stream": ["apps", "other"], "/a": ["apps", "other"], "/b": ["apps", "other"] },
    ...{ "/moved": ["apps", "/moved", "other"], "/between": ["other", "apps"], own: ["own", "other"] },
    "/nobody/named": ["apps", "other"],
  };

  it("tells each function the index and the settings of its log groups, and those of a log group that moves to both", async () => {
    const plan = await planOfShared();
    const { settings, errors } = parseIndexSettings(JSON.stringify(plan.planned_values.outputs.index_settings!.value));
    expect(errors).toEqual([]);
    const ofSettings = layoutsOfSettings(settings!);

    for (const [logGroup, lanes] of Object.entries(LANES_OF)) {
      for (const lane of lanes) {
        const variables = { ...parseVariables(NAMING, laneVariables(plan, lane)) };
        for (const time of ["2025-11-30T23:59:59Z", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z"].map(Date.parse)) {
          const index = indexNameOf(layoutsOfEnvironment(variables), logGroup, time);
          expect([logGroup, lane, index]).toEqual([logGroup, lane, indexNameOf(ofSettings, logGroup, time)]);
        }
        const own = parseVariables(MESSAGE_VARIABLES, laneVariables(plan, lane));
        const exception = variables.LOG_GROUPS.find(({ names }) => names.includes(logGroup));
        const { INDEX_NAME: _, INDEX_HISTORY: __, METRICS: ___, ...differing } = exception?.variables ?? {};
        const stream = String(planned(plan, `aws_kinesis_stream.this["${lane}"]`).name);
        const expected = settings!.messages!.get(logGroup) ?? settings!.messages!.get(stream);
        expect([logGroup, lane, { ...own, ...differing }]).toEqual([logGroup, lane, expected]);
      }
    }
    const times = [Date.parse("2026-12-01T00:00:00Z"), Date.parse("2026-11-30T00:00:00Z")] as const;
    expect(times.map((time) => indexNameOf(ofSettings, "/b", time))).toEqual([
      ...["cwl-carts-2026.12.01", "cwl-b-2026.11.30"],
    ]);
    expect(times.map((time) => indexNameOf(ofSettings, "/nobody/named", time))).toEqual([
      ...["cwl-logs-2026.12.01", "cwl-all-2026.11.30"],
    ]);
  });

  it("names log groups that differ alike in one entry, and nothing of shared streams to functions of log groups", async () => {
    const plan = await planOfShared();

    const entries = (lane: string) =>
      Object.fromEntries(
        (JSON.parse(laneVariables(plan, lane).LOG_GROUPS ?? "[]") as { names: string[] }[]).map(
          ({ names, ...variables }) => [names.join(", "), Object.keys(variables).sort()],
        ),
      );
    expect(entries("apps")).toEqual({
      "/a, /a/too": ["INDEX_NAME", "PARSER"],
      "/b": ["INDEX_HISTORY", "INDEX_NAME", "METRICS", "PARSER"],
      "/moved": ["EXTRACT_FIELDS", "INDEX_HISTORY", "RULES"],
      "/between": ["METRICS", "RULES"],
    });
    expect(entries("other")).toMatchObject({ "/between": ["RULES"], own: ["INDEX_HISTORY"] });
    expect(["apps", "/moved", "own"].map((lane) => laneVariables(plan, lane).ARCHIVE_LAYOUT)).toEqual([
      ...["stream", undefined, undefined],
    ]);
    expect(laneVariables(plan, "own")).not.toHaveProperty("LOG_GROUPS");
  });

  it("has what streams say of their own, and else what the pipeline says", async () => {
    const plan = await planOfShared();
    const [apps, other] = ["apps", "other"].map((key) => [
      planned(plan, `aws_kinesis_stream.this["${key}"]`),
      planned(plan, `aws_lambda_function.forwarder["${key}"]`),
      planned(plan, `aws_lambda_event_source_mapping.this["${key}"]`),
    ]);

    expect(apps).toMatchObject([
      { name: "logging-pipeline_apps", shard_count: 1, retention_period: 48 },
      {
        memory_size: 256,
        timeout: 120,
        reserved_concurrent_executions: 2,
        description: expect.stringContaining("stream apps"),
      },
      { batch_size: 9, maximum_record_age_in_seconds: 47 * 3_600 },
    ]);
    expect(other).toMatchObject([
      { retention_period: 24 },
      { memory_size: 512, reserved_concurrent_executions: -1 },
      { batch_size: 1_000, maximum_record_age_in_seconds: 23 * 3_600 },
    ]);
    expect(planned(plan, 'aws_kinesis_stream.this["/moved"]').shard_count).toBe(3);
    const { producer_policies, stream_names } = plan.planned_values.outputs;
    expect(Object.keys(stream_names!.value as object)).toEqual(["/moved", "apps", "other", "own"]);
    expect(producer_policies?.value ?? stream_names!.value).toHaveProperty("apps");
    const alarms = plan.resource_changes.filter(({ name }) => name === "log_group");
    expect(alarms).toHaveLength(4 * 5);
    const { metric_query } = planned(plan, 'aws_cloudwatch_metric_alarm.log_group["apps:delivery_errors"]');
    expect(JSON.stringify(metric_query)).toContain("FilterName = 'logging-pipeline_apps'");
  });

  it("have consumers on the stream that a consumer names, known to the plan", async () => {
    const plan = await planOfShared();

    const consumers = plan.resource_changes.filter(({ type }) => type === "aws_kinesis_stream_consumer");
    expect(consumers.map(({ address, change: { after } }) => [address, after.name, after.stream_arn])).toEqual(
      [
        ["fraud", "logging-pipeline_apps"],
        ["moved", laneName("logging-pipeline", "/moved")],
      ].map(([name, stream]) => [
        `aws_kinesis_stream_consumer.this["${name}"]`,
        name,
        `arn:aws:kinesis:${region}:${account}:stream/${stream}`,
      ]),
    );
  });

  it("names the filters after the stream", async () => {
    const filters = (await planOfShared()).resource_changes.filter(({ type }) => /subscription_filter/.test(type));

    const names = new Map(filters.map(({ index, change }) => [index, change.after.name]));
    expect(names.get("/a")).toBe("logging-pipeline_apps");
    expect(names.get("/between")).toBe("logging-pipeline_other");
    expect(names.get("own")).toBe("logging-pipeline_own");
    for (const { change } of filters) {
      expect(change.after.destination_arn).toBe(`arn:aws:kinesis:${region}:${account}:stream/${change.after.name}`);
    }
  });

  /** Log groups of one stream, with names of this length and more. */
  const sharing = (count: number, length: number, settings: object = {}) => ({
    streams: { apps: {} },
    log_groups: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `/aws/ecs/service-${index}/${"x".repeat(length)}`,
        { stream: "apps", ...settings },
      ]),
    ),
  });
  const ofTooMany = plans.addRejected(sharing(40, 100, { index: "services" }));
  const ofMany = plans.add(sharing(MANY, 200), keyAndRole);

  it("is refused where a function would be told of more log groups than Lambda has room for", async () => {
    expect(await ofTooMany()).toEqual([
      expect.stringMatching(
        /^log_groups = \{"LOG_GROUPS":\d+,"all":\d+,"lane":"apps"\}: .* use default_index, or give/,
      ),
    ]);
  });

  it("has 4 resources for the stream, and 2 for each log group, with policies of the size that one has", async () => {
    const plan = await ofMany();

    const delivering = plan.resource_changes.filter(({ type }) => /_log_|_kinesis_|_lambda_/.test(type));
    expect(countByType({ resource_changes: delivering })).toEqual({
      ...{ aws_cloudwatch_log_group: MANY + 1, aws_cloudwatch_log_subscription_filter: MANY },
      ...{ aws_kinesis_stream: 1, aws_lambda_function: 1, aws_lambda_event_source_mapping: 1 },
    });
    expect(plan.resource_changes).toHaveLength(7 + 4 + 2 * MANY);
    for (const [address, attribute] of POLICY_LIMITS) {
      expect(String(planned(plan, address)[attribute])).not.toContain("service-");
    }
  });
});
