import { layoutsOfEnvironment, layoutsOfSettings } from "../../core/events/configured-layouts";
import { indexNameOf, indexPatterns } from "../../core/events/index-layout";
import { ENVIRONMENT } from "../../core/settings/environment";
import { parseMetrics } from "../../core/settings/event-metrics";
import { parseIndexSettings } from "../../core/settings/index-settings";
import { MESSAGE_VARIABLES } from "../../core/settings/message-variables";
import { parseVariables } from "../../core/settings/parse-variables";
import { parseRules } from "../../core/settings/rules";
import { PlanBatch } from "../support/plan-batch";
import { planned } from "../support/terraform";
import { fields, laneVariables, metrics, rules } from "./support/lanes";

jest.setTimeout(600_000);

const { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, RULES, ARCHIVE_CONTENT, EXTRACT_FIELDS, JOIN_LINES } =
  ENVIRONMENT;
const { METRICS } = ENVIRONMENT;

const MIB = 1024 * 1024;

/** A plan that knows all variables of the functions, because no endpoint and no bucket is to be made. */
const planOfVariables = new PlanBatch("logging-pipeline").add({
  log_groups: {
    "/app/one": { index: "apps", rules, fields, join_lines: "^\\S/", metrics },
    "/app/two": { distribution: "Random", reserved_concurrent_executions: 4 },
    three: { index: "apps" },
  },
  ...{ function_tracing_mode: "PassThrough", function_log_format: "JSON", function_system_log_level: "WARN" },
  ...{ function_memory_mib: 1_024, request_timeout_seconds: 20, bulk_max_bytes: 9 * MIB, record_max_bytes: 64 * MIB },
  compress_requests: true,
  index_cleanup: { schedule: "rate(1 day)", keep_count: 9 },
  ...{ search_endpoint: "https://search.example.com", archive_bucket: "the-archive", archive_content: "redacted" },
  ...{ index_prefix: "logs-", index_period: "week" },
  index_history: {
    "2026-12-01T00:00:00Z": { indices: { "/app/two": "both" } },
    "2025-12-01T00:00:00Z": { prefix: "old-", period: "month" },
  },
});

describe("the functions of log groups", () => {
  it("names indices alike in the functions and in index_settings, before a boundary and after it", async () => {
    const plan = await planOfVariables();

    const { settings, errors } = parseIndexSettings(JSON.stringify(plan.planned_values.outputs.index_settings!.value));
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({ name: "logging-pipeline", retentionDays: 0, template: "managed" });
    const ofSettings = layoutsOfSettings(settings!);
    for (const logGroup of ["/app/one", "/app/two", "three"]) {
      const variables = laneVariables(plan, logGroup);
      const ofFunction = layoutsOfEnvironment(
        parseVariables({ INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY }, variables),
      );
      const stream = String(planned(plan, `aws_kinesis_stream.this["${logGroup}"]`).name);
      for (const time of ["2025-11-30T23:59:59Z", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z"].map(Date.parse)) {
        for (const name of [logGroup, stream]) {
          expect(indexNameOf(ofSettings, name, time)).toBe(indexNameOf(ofFunction, name, time));
        }
      }
    }
    expect(indexNameOf(ofSettings, "three", Date.parse("2026-12-01T00:00:00Z"))).toBe("logs-apps-2026.w49");
    expect(indexNameOf(ofSettings, "/app/two", Date.parse("2026-11-30T23:59:59Z"))).toBe("cwl-both-2026.11.30");
    expect(indexNameOf(ofSettings, "three", Date.parse("2025-11-30T23:59:59Z"))).toBe("old-three-2025.11");
    const patterns = String(plan.planned_values.outputs.index_pattern!.value).split(",");
    expect(patterns.sort()).toEqual(indexPatterns(ofSettings).sort());
  });

  it("has in index_settings the variables of each function that say what becomes of messages, by log group and stream", async () => {
    const plan = await planOfVariables();
    const { settings } = parseIndexSettings(JSON.stringify(plan.planned_values.outputs.index_settings!.value));
    for (const logGroup of ["/app/one", "/app/two", "three"]) {
      const variables = parseVariables(MESSAGE_VARIABLES, laneVariables(plan, logGroup));
      const stream = String(planned(plan, `aws_kinesis_stream.this["${logGroup}"]`).name);
      expect([logGroup, stream].map((name) => settings?.messages?.get(name))).toEqual([variables, variables]);
    }
    expect(settings?.messages?.get("/app/one")?.RULES).toHaveLength(rules.length);
    expect(settings?.messages?.size).toBe(6);
  });

  it("gives each function the rules, fields and metrics of its log group, as the function reads them", async () => {
    const [one, two] = ["/app/one", "/app/two"].map(async (logGroup) =>
      parseVariables(
        { RULES, ARCHIVE_CONTENT, EXTRACT_FIELDS, JOIN_LINES, METRICS },
        laneVariables(await planOfVariables(), logGroup),
      ),
    );

    expect(await one).toEqual({
      RULES: parseRules(JSON.stringify(rules)).rules,
      ARCHIVE_CONTENT: "redacted",
      EXTRACT_FIELDS: [{ name: "page", ...fields.page }],
      JOIN_LINES: "^\\S/",
      METRICS: parseMetrics(JSON.stringify(metrics)).metrics,
    });
    expect(laneVariables(await planOfVariables(), "/app/one").METRICS).not.toMatch(/null|\[\]|\{\}/);
    expect(laneVariables(await planOfVariables(), "/app/two")).not.toHaveProperty("METRICS");
    const none = { RULES: [], EXTRACT_FIELDS: [], JOIN_LINES: "", METRICS: [] };
    expect(await two).toEqual({ ...none, ARCHIVE_CONTENT: "redacted" });
  });

  it("gives the functions what they get of time, size, concurrency, traces and log levels", async () => {
    const plan = await planOfVariables();

    const { REQUEST_TIMEOUT_SECONDS, BULK_MAX_BYTES, RECORD_MAX_BYTES, COMPRESS_REQUESTS } = ENVIRONMENT;
    const sizes = { REQUEST_TIMEOUT_SECONDS, BULK_MAX_BYTES, RECORD_MAX_BYTES, COMPRESS_REQUESTS };
    expect(parseVariables(sizes, laneVariables(plan, "three"))).toEqual({
      REQUEST_TIMEOUT_SECONDS: 20,
      BULK_MAX_BYTES: 9 * MIB,
      RECORD_MAX_BYTES: 64 * MIB,
      COMPRESS_REQUESTS: true,
    });
    for (const address of ['aws_lambda_function.forwarder["three"]', "aws_lambda_function.index_cleanup[0]"]) {
      expect(planned(plan, address)).toMatchObject({
        tracing_config: [{ mode: "PassThrough" }],
        logging_config: [{ log_format: "JSON", application_log_level: null, system_log_level: "WARN" }],
        reserved_concurrent_executions: -1,
      });
    }
    expect(planned(plan, 'aws_lambda_function.forwarder["/app/two"]').reserved_concurrent_executions).toBe(4);
    const filters = plan.resource_changes.filter(({ type }) => type === "aws_cloudwatch_log_subscription_filter");
    expect(Object.fromEntries(filters.map(({ index, change }) => [index, change.after.distribution]))).toEqual({
      "/app/one": "ByLogStream",
      "/app/two": "Random",
      three: "ByLogStream",
    });
  });
});
