import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { layoutsOfEnvironment, layoutsOfSettings } from "../../core/events/configured-layouts";
import { indexNameOf, indexPatterns } from "../../core/events/index-layout";
import { ENVIRONMENT } from "../../core/settings/environment";
import { parseMetrics } from "../../core/settings/event-metrics";
import { parseIndexSettings } from "../../core/settings/index-settings";
import { MESSAGE_VARIABLES } from "../../core/settings/message-variables";
import { parseVariables } from "../../core/settings/parse-variables";
import { parseRules } from "../../core/settings/rules";
import { laneName } from "../../modules/logging-pipeline/lane-name";
import { logGroupsOfStacks } from "../../modules/logging-pipeline/own-log-groups";
import { settled } from "../registry/support/state";
import { PlanBatch } from "../support/plan-batch";
import { skippedUnless } from "../support/skipped";
import {
  account,
  keyAndRole,
  logGroupsIn,
  type PlannedResource,
  planned,
  region,
  type StackPlan,
  type StoredResource,
  type SynthesizedStack,
  synthesizedStack,
  warningsOf,
} from "../support/terraform";

jest.setTimeout(600_000);

const withJq = skippedUnless(spawnSync("jq", ["--version"]).status === 0, "jq");

const { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, RULES, ARCHIVE_CONTENT, EXTRACT_FIELDS, JOIN_LINES } =
  ENVIRONMENT;

const { LOG_GROUPS, METRICS } = ENVIRONMENT;
const NAMING = { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, LOG_GROUPS };

let stack: SynthesizedStack;

beforeAll(async () => {
  stack = await synthesizedStack("logging-pipeline");
});

afterAll(() => stack?.remove());

function countByType({ resource_changes }: StackPlan): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type, change } of resource_changes) {
    expect(change.actions).toEqual(["create"]);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

const changesByAddress = ({ resource_changes }: StackPlan): Map<string, PlannedResource["change"]> =>
  new Map(resource_changes.map(({ address, change }) => [address, change]));

const defaults = {
  aws_kms_key: 1,
  aws_kms_alias: 1,
  aws_iam_role: 2,
  aws_iam_role_policy: 2,
  aws_opensearch_domain: 1,
  aws_cloudwatch_log_group: 6,
  aws_kinesis_stream: 3,
  aws_cloudwatch_log_subscription_filter: 3,
  aws_lambda_function: 3,
  aws_lambda_event_source_mapping: 3,
};

/** Characters, by where they are counted: IAM quotas, KMS quotas, OpenSearch Service quotas. */
const policyLimits: readonly [address: string, attribute: string, limit: number][] = [
  ["aws_iam_role_policy.forwarder[0]", "policy", 10_240],
  ["aws_iam_role_policy.logs_to_kinesis[0]", "policy", 10_240],
  ["aws_kms_key.this[0]", "policy", 32_768],
  ["aws_opensearch_domain.this[0]", "access_policies", 102_400],
];

/** Terraform takes minutes for 500, so that many are planned by `npm run nightly`. */
const MANY = process.env.NIGHTLY ? 500 : 30;

/** So many log groups that share an index, and one that does not. */
const sharing = (count: number) =>
  Object.fromEntries(Array.from({ length: count + 1 }, (_, n) => [`/app/${n}`, n < count ? { index: "apps" } : {}]));

const rules = [
  { action: "keep", field: "log.level", values: ["error", "<warn>"] },
  { action: "drop", pattern: '^"/health/${x}" \\d{3}' },
  { action: "sample", rate: 0.25 },
  { action: "redact", what: ["email", "ipv4"] },
];

const fields = { page: { from: "url.path", pattern: '^/"blog"/(?P<page>[^/]+)' } };

const metrics = {
  errors: { where: [{ field: "log.level", values: ["error"] }, { pattern: '<pay> "${x}"' }] },
  latency: {
    ...{ where: [{ pattern: "\\d" }], value: "took", unit: "Milliseconds" },
    dimensions: { service: { field: "service.name", values: ["cart", "pay"] }, zone: { field: "cloud.zone" } },
  },
};

const MIB = 1024 * 1024;

/** A plan that knows all variables of the functions, because no endpoint and no bucket is to be made. */
const planOfVariables = once(() =>
  stack.plan({
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
  }),
);

/** The environment variables of a log group's function. */
function variablesOf(plan: StackPlan, logGroup: string): Record<string, string> {
  const { environment } = planned(plan, `aws_lambda_function.forwarder["${logGroup}"]`);
  return (environment as [{ variables: Record<string, string> }])[0].variables;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

describe("the pipeline's plan", () => {
  it("is of a valid configuration", async () => {
    expect(await stack.validate()).toContain("The configuration is valid");
  });

  it("adds the 25 resources of the default log groups, with addresses that can be read", async () => {
    const plan = await stack.plan();

    expect(plan.summary).toBe("Plan: 25 to add, 0 to change, 0 to destroy.");
    expect(countByType(plan)).toEqual(defaults);
    expect(plan.resource_changes.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        'aws_kinesis_stream.this["foo"]',
        'aws_cloudwatch_log_group.this["bar"]',
        'aws_lambda_function.forwarder["baz"]',
        "aws_iam_role.logs_to_kinesis[0]",
        "aws_kms_key.this[0]",
        "aws_opensearch_domain.this[0]",
      ]),
    );
    expect(warningsOf(plan, "check.shards")).toEqual([
      expect.stringMatching(
        /^The indices of all log groups will have 93 shards, and the domain should carry 25: .*index/,
      ),
    ]);
    const shards = plan.resource_changes
      .filter(({ type }) => type === "aws_kinesis_stream")
      .map(({ index, change }) => [index, change.after.shard_count]);
    expect(Object.fromEntries(shards)).toEqual({ foo: 1, bar: 2, baz: 1 });
    const { outputs } = plan.planned_values;
    const outputsOf = (...names: string[]) => names.map((name) => outputs[name]!.value);
    expect(outputsOf("archive_bucket_name", "forwarder_role_name", "logs_to_kinesis_role_name")).toEqual([
      ...["logging-pipeline-archive-123456789012-eu-central-1", "logging-pipeline-eu-central-1-forwarder"],
      "logging-pipeline-eu-central-1-logs-to-kinesis",
    ]);
    expect(outputsOf("forwarder_log_group_names", "search_domain_log_group_names")).toEqual([
      {
        ...{ foo: "/aws/lambda/logging-pipeline_foo", bar: "/aws/lambda/logging-pipeline_bar" },
        baz: "/aws/lambda/logging-pipeline_baz",
      },
      {},
    ]);
    // Lambda's own default: Terraform would not take it back once it has been set.
    expect(planned(plan, 'aws_lambda_function.forwarder["foo"]').logging_config).toBeUndefined();
  });

  it("creates no domain when search_endpoint is set", async () => {
    const plan = await stack.plan({ search_endpoint: "https://search.example.com" });

    const { aws_opensearch_domain: _, ...rest } = defaults;
    expect(plan.summary).toBe("Plan: 24 to add, 0 to change, 0 to destroy.");
    expect(countByType(plan)).toEqual(rest);
    expect(warningsOf(plan, "check.shards")).toEqual([]);
    expect(plan.planned_values.outputs.search_endpoint).toMatchObject({ value: "https://search.example.com" });
    expect(plan.planned_values.outputs.dashboards_url?.value ?? null).toBeNull();
  });

  it("creates no domain when target_stream_arn is set, and lets the functions put records into that stream alone", async () => {
    const target_stream_arn = "arn:aws:kinesis:us-east-1:210987654321:stream/app-logs";
    const target_stream_kms_key_arn = "arn:aws:kms:us-east-1:210987654321:key/1";
    const plan = await stack.plan({ target_stream_arn, target_stream_kms_key_arn }, keyAndRole);

    expect(plan.resource_changes.filter(({ type }) => type === "aws_opensearch_domain")).toEqual([]);
    const [environment] = planned(plan, 'aws_lambda_function.forwarder["foo"]').environment as {
      variables: Record<string, string>;
    }[];
    expect(environment!.variables).toMatchObject({ TARGET_STREAM_ARN: target_stream_arn, SEARCH_ENDPOINT: "" });
    const policy = JSON.parse(planned(plan, "aws_iam_role_policy.forwarder[0]").policy as string);
    const statements: { Sid: string; Action: string | string[] }[] = policy.Statement;
    expect(statements.filter(({ Sid }) => Sid.endsWith("TargetStream"))).toEqual([
      { Sid: "PutIntoTargetStream", Effect: "Allow", Action: "kinesis:PutRecords", Resource: target_stream_arn },
      {
        ...{ Sid: "EncryptTargetStream", Effect: "Allow", Action: "kms:GenerateDataKey" },
        Resource: target_stream_kms_key_arn,
        Condition: { StringEquals: { "kms:ViaService": "kinesis.us-east-1.amazonaws.com" } },
      },
    ]);
    expect(statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("es:")))).toEqual([]);
  });

  it("lets the provider of version 5 refuse the runtime that it does not know, which version 6 does", async () => {
    const refused = await stack.rejections({ log_groups: { foo: {} }, function_runtime: "nodejs24.x" });

    expect(refused).toEqual([
      expect.stringMatching(/^expected runtime to be one of .*"nodejs22.x".*, got nodejs24.x$/),
    ]);
  });

  describe("of a pipeline that exists", () => {
    const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
    const identified = (id: string) => ({ id, arn: id });
    const made: readonly StoredResource[] = [
      {
        ...{ type: "aws_opensearch_domain", name: "this", index: 0 },
        attributes: {
          ...identified(arn("es", "domain/logging-pipeline")),
          domain_name: "logging-pipeline",
          endpoint: "search.example.com",
        },
      },
      {
        ...{ type: "aws_kinesis_stream", name: "this", index: "foo" },
        attributes: { ...identified(arn("kinesis", "stream/logging-pipeline_foo")), name: "logging-pipeline_foo" },
      },
      {
        ...{ type: "aws_cloudwatch_log_group", name: "this", index: "foo" },
        attributes: { ...identified(arn("logs", "log-group:foo")), id: "foo" },
      },
      {
        ...{ type: "aws_cloudwatch_log_subscription_filter", name: "this", index: "foo" },
        attributes: { id: "cwlsf-1" },
      },
    ];
    const foo = { log_groups: { foo: {} } };
    const existing = once(async () => settled(await stack.plan(foo, keyAndRole), [...keyAndRole, ...made]));
    const [domain, stream, logGroup, filter] = [
      "aws_opensearch_domain.this[0]",
      'aws_kinesis_stream.this["foo"]',
      'aws_cloudwatch_log_group.this["foo"]',
      'aws_cloudwatch_log_subscription_filter.this["foo"]',
    ] as const;
    const replaced = ["delete", "create"];
    // As the subscription filters are, whose dependencies they are.
    const replacedFirst = ["create", "delete"];
    const kept = expect.not.arrayContaining(["delete"]);

    const plans = new PlanBatch(() => stack);
    const cases: [what: string, variables: object, actions: Record<string, unknown>, unread?: true][] = [
      [
        "keeps all that holds data when nothing is set",
        {},
        { [domain]: kept, [stream]: kept, [logGroup]: kept, [filter]: kept },
      ],
      [
        "destroys the domain when search_endpoint is set",
        { search_endpoint: "https://search.example.com" },
        { [domain]: ["delete"], [stream]: kept },
      ],
      [
        "replaces the domain when it moves into a VPC",
        { vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] } },
        { [domain]: replaced, [stream]: kept },
      ],
      [
        "replaces domain and streams when name is changed, and no log group",
        { name: "other" },
        { [domain]: replaced, [stream]: replacedFirst, [logGroup]: kept },
        true,
      ],
      [
        "replaces the domain, and destroys its own key, when it is to use an existing one",
        { create_kms_key: false, kms_key_arn: arn("kms", "key/central") },
        { [domain]: replaced, [stream]: kept, [logGroup]: kept, "aws_kms_key.this[0]": ["delete"] },
      ],
      [
        "takes a log group that it created out of the state when create becomes false",
        { log_groups: { foo: { create: false } } },
        { [logGroup]: ["delete"], [stream]: kept },
      ],
      [
        "moves a log group by a filter that is made before the old one goes, and keeps its own stream",
        { streams: { apps: {} }, log_groups: { foo: { stream: "apps", keep_own_stream: true } } },
        {
          ...{ [filter]: replacedFirst, [stream]: kept, [logGroup]: kept },
          ...{ 'aws_lambda_event_source_mapping.this["foo"]': kept, 'aws_kinesis_stream.this["apps"]': ["create"] },
        },
      ],
      [
        "destroys a log group's own stream when it shares one without keep_own_stream",
        { streams: { apps: {} }, log_groups: { foo: { stream: "apps" } } },
        { [filter]: replacedFirst, [stream]: ["delete"], [logGroup]: kept },
        true,
      ],
      [
        "destroys all of a log group that is no more in log_groups",
        { log_groups: {} },
        { [filter]: ["delete"], [stream]: ["delete"] },
      ],
      [
        "keeps the stream, its records and the filter of a log group that shares a stream of its name",
        { streams: { foo: {} }, log_groups: { foo: { stream: "foo" } } },
        { [filter]: kept, [stream]: kept, [logGroup]: kept },
      ],
    ];
    const planOf = Object.fromEntries(
      cases.map(([what, variables]) => [what, plans.add({ ...foo, ...variables }, existing)] as const),
    );
    it.each(cases)("%s, as its description says", async (what, _, actions) => {
      const { resource_changes } = await planOf[what]!();

      const planned = resource_changes.map(({ address, change }) => [address, change.actions]);
      expect(Object.fromEntries(planned)).toMatchObject(actions);
    });

    withJq.it("is stopped by the documented step where records would be lost that are not read yet", async () => {
      const page = await readFile(join(__dirname, "../../docs/terraform.md"), "utf8");
      const [, filter] = /terraform show -json plan \| jq -e '([^']+)'/.exec(page)!;
      const isStopped = (plan: object) => spawnSync("jq", ["-e", filter!], { input: JSON.stringify(plan) }).status;

      const stopped = await Promise.all(cases.map(async ([what]) => [what, isStopped(await planOf[what]!())]));
      expect(stopped).toEqual(cases.map(([what, , , unread]) => [what, unread ? 1 : 0]));
      expect(isStopped({})).toBe(0);

      const from = `arn:aws:kinesis:${region}:${account}:stream/shared`;
      const change = (type: string, actions: string[], before: object) => ({ type, change: { actions, before } });
      const goes = change("aws_kinesis_stream", ["delete"], { arn: from });
      for (const delivers of [
        change("aws_cloudwatch_log_account_policy", ["update"], {
          policy_document: JSON.stringify({ DestinationArn: from }),
        }),
        change("aws_cloudwatch_log_destination", ["update"], { target_arn: from }),
        change("aws_cloudwatch_log_subscription_filter", ["create", "delete"], { destination_arn: from }),
      ]) {
        expect([delivers, isStopped({ resource_changes: [goes, delivers] })]).toEqual([delivers, 1]);
        const elsewhere = JSON.parse(JSON.stringify(delivers).replaceAll("/shared", "/shared-2"));
        expect([elsewhere, isStopped({ resource_changes: [goes, elsewhere] })]).toEqual([elsewhere, 0]);
      }
    });
  });

  it("rejects a target stream beside a search endpoint, and its key without it", async () => {
    const target_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/app-logs";
    const given = { target_stream_arn, search_endpoint: "https://search.example.com" };
    expect(await stack.rejections(given)).toEqual([expect.stringContaining("allowed is null when search_endpoint")]);
    const target_stream_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1";
    expect(await stack.rejections({ target_stream_kms_key_arn })).toEqual([
      expect.stringContaining("allowed is null unless target_stream_arn"),
    ]);
  });

  it("warns, and goes on, when nobody is let into the domain", async () => {
    const deny = { Effect: "Deny", Principal: { AWS: "*" }, Action: "es:ESHttpDelete", Resource: "*" };
    const access_policy_statements = [JSON.stringify(deny)];
    const nobody = await stack.plan({ log_groups: {}, search_domain: { access_policy_statements } });
    expect(nobody.summary).toBe("Plan: 7 to add, 0 to change, 0 to destroy.");
    expect(warningsOf(nobody, "check.ways_in")).toEqual([expect.stringMatching(/^Nobody is let into the domain: /)]);

    const search_domain = { reader_arns: ["arn:aws:iam::123456789012:role/reader"] };
    expect(warningsOf(await stack.plan({ log_groups: {}, search_domain }), "check.ways_in")).toEqual([]);
  });

  it("warns when nobody can sign in to Dashboards, or when a policy demands what browsers cannot give", async () => {
    const master_user_arn = "arn:aws:iam::123456789012:role/master";
    const statement = (Principal: unknown) =>
      JSON.stringify({ Effect: "Allow", Principal, Action: "es:ESHttp*", Resource: "*" });
    const named = statement({ AWS: [master_user_arn] });
    const byArn = await stack.plan({
      log_groups: {},
      search_domain: { master_user_arn, access_policy_statements: [named] },
    });
    expect(warningsOf(byArn, "check.ways_in")).toEqual([expect.stringMatching(/^Nobody can sign in to Dashboards: /)]);

    const saml = { entity_id: "https://idp.example.com", metadata_content: "<xml/>" };
    const bySaml = await stack.plan({
      log_groups: {},
      search_domain: { master_user_arn, saml, access_policy_statements: [named, statement({ AWS: "*" })] },
    });
    expect(bySaml.summary).toBe("Plan: 8 to add, 0 to change, 0 to destroy.");
    expect(warningsOf(bySaml, "check.ways_in")).toEqual([expect.stringMatching(/^No browser gets into Dashboards: /)]);
    expect(planned(bySaml, "aws_opensearch_domain_saml_options.this[0]")).toMatchObject({
      domain_name: "logging-pipeline",
      saml_options: [
        {
          enabled: true,
          idp: [{ entity_id: "https://idp.example.com", metadata_content: "<xml/>" }],
          session_timeout_minutes: 60,
        },
      ],
    });
  });

  it("makes the domain that is asked for, and lets it alone write to its log groups", async () => {
    const plan = await stack.plan(
      {
        log_groups: {},
        search_domain: {
          ...{ instance_type: "r7g.large.search", instance_count: 3, availability_zones: 3, volume_size_gib: 200 },
          ...{ dedicated_master_type: "m7g.large.search", multi_az_with_standby: true },
          ...{ warm_count: 3, auto_tune: true, off_peak_window_start: "21:05", auto_software_update: true },
          custom_endpoint: {
            hostname: "search.example.com",
            certificate_arn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567",
          },
          log_types: ["ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS"],
        },
      },
      keyAndRole,
    );
    const domain = planned(plan, "aws_opensearch_domain.this[0]");

    expect(domain).toMatchObject({
      cluster_config: [
        {
          ...{ multi_az_with_standby_enabled: true, zone_awareness_config: [{ availability_zone_count: 3 }] },
          ...{ warm_enabled: true, warm_count: 3, warm_type: "ultrawarm1.medium.search" },
          cold_storage_options: [{ enabled: false }],
        },
      ],
      // Terraform would keep the 125 MiB/s of a smaller volume.
      ebs_options: [{ ebs_enabled: true, volume_type: "gp3", volume_size: 200, throughput: 250 }],
      auto_tune_options: [{ desired_state: "ENABLED", use_off_peak_window: true }],
      off_peak_window_options: [
        { enabled: true, off_peak_window: [{ window_start_time: [{ hours: 21, minutes: 5 }] }] },
      ],
      software_update_options: [{ auto_software_update_enabled: true }],
      domain_endpoint_options: [{ custom_endpoint_enabled: true, custom_endpoint: "search.example.com" }],
    });
    expect((domain.log_publishing_options as { log_type: string }[]).map(({ log_type }) => log_type)).toEqual([
      "ES_APPLICATION_LOGS",
      "INDEX_SLOW_LOGS",
    ]);
    const folder = "/aws/OpenSearchService/domains/logging-pipeline/";
    expect(planned(plan, 'aws_cloudwatch_log_group.domain["INDEX_SLOW_LOGS"]')).toMatchObject({
      ...{ name: `${folder}index-slow-logs`, retention_in_days: 365 },
      kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/key",
    });
    const { policy_document } = planned(plan, "aws_cloudwatch_log_resource_policy.domain[0]");
    expect(JSON.parse(String(policy_document)).Statement).toEqual([
      {
        ...{ Sid: "DomainWritesItsLogs", Effect: "Allow", Principal: { Service: "es.amazonaws.com" } },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
        Resource: `arn:aws:logs:eu-central-1:123456789012:log-group:${folder}*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:es:eu-central-1:123456789012:domain/logging-pipeline" },
        },
      },
    ]);
    const { index_settings, search_domain_log_group_names, kms_key_id, dashboards_url } = plan.planned_values.outputs;
    expect(index_settings!.value).toMatchObject({ replicas: 2 });
    expect(search_domain_log_group_names!.value).toEqual({
      ...{ ES_APPLICATION_LOGS: `${folder}application-logs`, INDEX_SLOW_LOGS: `${folder}index-slow-logs` },
    });
    expect([kms_key_id!.value, dashboards_url?.value]).toEqual(["key", "https://search.example.com/_dashboards"]);
  });

  it("makes no volume for data nodes with disks of their own", async () => {
    const plan = await stack.plan({ log_groups: {}, search_domain: { instance_type: "r7gd.large.search" } });

    const { ebs_options } = planned(plan, "aws_opensearch_domain.this[0]");
    expect(ebs_options).toMatchObject([{ ebs_enabled: false }]);
    expect((ebs_options as { volume_size?: number }[])[0]).not.toHaveProperty("volume_size", expect.any(Number));
    expect(plan.planned_values.outputs.index_settings!.value).toMatchObject({ replicas: 1 });
  });

  it("adds 7 resources for no log group", async () => {
    expect((await stack.plan({ log_groups: {} })).summary).toBe("Plan: 7 to add, 0 to change, 0 to destroy.");
  });

  it("changes nothing of the other log groups when one is added", async () => {
    const group = { shards: 1 };
    const before = changesByAddress(await stack.plan({ log_groups: { a: group, "/b/c": group } }));
    const after = changesByAddress(await stack.plan({ log_groups: { a: group, "/a/new/one": {}, "/b/c": group } }));

    const added = [...after.keys()].filter((address) => !before.has(address));
    expect(added).toHaveLength(6);
    expect(added.every((address) => address.endsWith('["/a/new/one"]'))).toBe(true);
    for (const [address, change] of before) {
      expect([address, after.get(address)]).toEqual([address, change]);
    }
  });

  it("names indices alike in the functions and in index_settings, before a boundary and after it", async () => {
    const plan = await planOfVariables();

    const { settings, errors } = parseIndexSettings(JSON.stringify(plan.planned_values.outputs.index_settings!.value));
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({ name: "logging-pipeline", retentionDays: 0, template: "managed" });
    const ofSettings = layoutsOfSettings(settings!);
    for (const logGroup of ["/app/one", "/app/two", "three"]) {
      const variables = variablesOf(plan, logGroup);
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
      const variables = parseVariables(MESSAGE_VARIABLES, variablesOf(plan, logGroup));
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
        variablesOf(await planOfVariables(), logGroup),
      ),
    );

    expect(await one).toEqual({
      RULES: parseRules(JSON.stringify(rules)).rules,
      ARCHIVE_CONTENT: "redacted",
      EXTRACT_FIELDS: [{ name: "page", ...fields.page }],
      JOIN_LINES: "^\\S/",
      METRICS: parseMetrics(JSON.stringify(metrics)).metrics,
    });
    expect(variablesOf(await planOfVariables(), "/app/one").METRICS).not.toMatch(/null|\[\]|\{\}/);
    expect(variablesOf(await planOfVariables(), "/app/two")).not.toHaveProperty("METRICS");
    const none = { RULES: [], EXTRACT_FIELDS: [], JOIN_LINES: "", METRICS: [] };
    expect(await two).toEqual({ ...none, ARCHIVE_CONTENT: "redacted" });
  });

  it("gives the functions what they get of time, size, concurrency, traces and log levels", async () => {
    const plan = await planOfVariables();

    const { REQUEST_TIMEOUT_SECONDS, BULK_MAX_BYTES, RECORD_MAX_BYTES, COMPRESS_REQUESTS } = ENVIRONMENT;
    const sizes = { REQUEST_TIMEOUT_SECONDS, BULK_MAX_BYTES, RECORD_MAX_BYTES, COMPRESS_REQUESTS };
    expect(parseVariables(sizes, variablesOf(plan, "three"))).toEqual({
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

  const keeping = (keep_count: number) => ({ schedule: "rate(1 day)", keep_count });

  it("says of which day the shards are where nothing deletes the indices", async () => {
    expect(warningsOf(await stack.plan({ index_retention_days: 0 }), "check.shards")).toEqual([
      expect.stringMatching(
        /will have 1098 shards after 365 days, as nothing deletes them by their age or number, and /,
      ),
    ]);
  });

  it.each<[string, object, [needed: number, carried: number | null]]>([
    ["of each log group and day, and of the day that is not over", { index_retention_days: 1 }, [20, 25]],
    [
      "of a shared index once, with their replicas",
      { search_domain: { instance_type: "c7g.xlarge.search", instance_count: 3 }, log_groups: sharing(10) },
      [124, 300],
    ],
    [
      "of an hour, that are never deleted, after a year",
      { index_period: "hour", index_retention_days: 0, search_domain: { instance_type: "r7g.16xlarge.search" } },
      [87_610, 800],
    ],
    [
      "that the clean-up keeps by their age and number",
      { index_retention_days: 0, index_cleanup: { schedule: "rate(1 day)", keep_days: 3, keep_count: 90 } },
      [40, 25],
    ],
    ["that the policy deletes before the clean-up", { index_retention_days: 1, index_cleanup: keeping(9) }, [20, 25]],
    [
      "of a year where the clean-up deletes nothing",
      { index_retention_days: 0, index_cleanup: { ...keeping(2), dry_run: true } },
      [3_660, 25],
    ],
    [
      "of a month",
      { index_period: "month", index_shards: 3, search_domain: { instance_type: "zz9.large.search" } },
      [60, null],
    ],
    [
      "that the engine's own template makes",
      { index_template: "none", search_domain: { instance_type: "m7g.medium.search" } },
      [3_100, 50],
    ],
  ])("counts the shards %s, beside what the domain should carry", async (_, variables, expected) => {
    const log_groups = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`/app/${n}`, {}]));
    expect(await stack.evaluate("[local.shards_needed, local.shards_carried]", { log_groups, ...variables })).toEqual(
      expected,
    );
  });

  it("does not create an existing log group, and subscribes it", async () => {
    const plan = await stack.plan({ log_groups: { "/aws/lambda/thumbnails": { create: false } } });

    expect(plan.summary).toBe("Plan: 12 to add, 0 to change, 0 to destroy.");
    const filter = planned(plan, 'aws_cloudwatch_log_subscription_filter.this["/aws/lambda/thumbnails"]');
    expect(filter.log_group_name).toBe("/aws/lambda/thumbnails");
  });

  it("creates an on-demand stream for 0 shards", async () => {
    const plan = await stack.plan({ log_groups: { foo: { shards: 0 } } });

    const stream = planned(plan, 'aws_kinesis_stream.this["foo"]');
    expect(stream.stream_mode_details).toEqual([{ stream_mode: "ON_DEMAND" }]);
    expect(stream.shard_count).toBeNull();
  });

  describe("of log groups that share a stream", () => {
    const redacting = [{ action: "redact", what: ["email"] }];
    const planOfShared = once(() =>
      stack.plan({
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
      }),
    );
    /** The lanes that may get events of each log group; other accounts have log groups of any name. */
    const LANES_OF = {
      ...{ "/as/its/stream": ["apps", "other"], "/a": ["apps", "other"], "/b": ["apps", "other"] },
      ...{ "/moved": ["apps", "/moved", "other"], "/between": ["other", "apps"], own: ["own", "other"] },
      "/nobody/named": ["apps", "other"],
    };

    it("tells each function the index and the settings of its log groups, and those of a log group that moves to both", async () => {
      const plan = await planOfShared();
      const { settings, errors } = parseIndexSettings(
        JSON.stringify(plan.planned_values.outputs.index_settings!.value),
      );
      expect(errors).toEqual([]);
      const ofSettings = layoutsOfSettings(settings!);

      for (const [logGroup, lanes] of Object.entries(LANES_OF)) {
        for (const lane of lanes) {
          const variables = { ...parseVariables(NAMING, variablesOf(plan, lane)) };
          for (const time of ["2025-11-30T23:59:59Z", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z"].map(Date.parse)) {
            const index = indexNameOf(layoutsOfEnvironment(variables), logGroup, time);
            expect([logGroup, lane, index]).toEqual([logGroup, lane, indexNameOf(ofSettings, logGroup, time)]);
          }
          const own = parseVariables(MESSAGE_VARIABLES, variablesOf(plan, lane));
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
          (JSON.parse(variablesOf(plan, lane).LOG_GROUPS ?? "[]") as { names: string[] }[]).map(
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
      expect(["apps", "/moved", "own"].map((lane) => variablesOf(plan, lane).ARCHIVE_LAYOUT)).toEqual([
        ...["stream", undefined, undefined],
      ]);
      expect(variablesOf(plan, "own")).not.toHaveProperty("LOG_GROUPS");
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

    it("is refused where a function would be told of more log groups than Lambda has room for", async () => {
      const names = Array.from({ length: 40 }, (_, index) => `/aws/ecs/service-${index}/${"x".repeat(100)}`);
      const log_groups = Object.fromEntries(names.map((name) => [name, { stream: "apps", index: "services" }]));

      expect(await stack.rejections({ streams: { apps: {} }, log_groups })).toEqual([
        expect.stringMatching(
          /^log_groups = \{"LOG_GROUPS":\d+,"all":\d+,"lane":"apps"\}: .* use default_index, or give/,
        ),
      ]);
    });

    it("has 4 resources for the stream, and 2 for each log group, with policies of the size that one has", async () => {
      const names = Array.from({ length: MANY }, (_, index) => `/aws/ecs/service-${index}/${"x".repeat(200)}`);
      const plan = await stack.plan(
        { streams: { apps: {} }, log_groups: Object.fromEntries(names.map((name) => [name, { stream: "apps" }])) },
        keyAndRole,
      );

      const delivering = plan.resource_changes.filter(({ type }) => /_log_|_kinesis_|_lambda_/.test(type));
      expect(countByType({ ...plan, resource_changes: delivering })).toEqual({
        ...{ aws_cloudwatch_log_group: MANY + 1, aws_cloudwatch_log_subscription_filter: MANY },
        ...{ aws_kinesis_stream: 1, aws_lambda_function: 1, aws_lambda_event_source_mapping: 1 },
      });
      expect(plan.resource_changes).toHaveLength(7 + 4 + 2 * MANY);
      for (const [address, attribute] of policyLimits) {
        expect(String(planned(plan, address)[attribute])).not.toContain("service-");
      }
    });
  });

  it(`plans ${MANY} log groups, with policies of the size that one has`, async () => {
    const names = Array.from({ length: MANY }, (_, index) => `/aws/ecs/service-${index}/${"x".repeat(200)}`);
    const many = await stack.plan({ log_groups: Object.fromEntries(names.map((name) => [name, {}])) }, keyAndRole);
    const one = await stack.plan({ log_groups: { foo: {} } }, keyAndRole);

    expect(many.resource_changes).toHaveLength(7 + 6 * MANY);
    for (const [address, attribute, limit] of policyLimits) {
      const [policyOfMany, policyOfOne] = [many, one].map((plan) => String(planned(plan, address)[attribute]));
      expect([address, policyOfMany]).toEqual([address, policyOfOne]);
      expect([address, JSON.parse(policyOfMany!).Version, policyOfMany!.length <= limit]).toEqual([
        address,
        "2012-10-17",
        true,
      ]);
    }
  });
});

describe("log groups that are not named", () => {
  const search = {
    search_endpoint: "https://search.example.com",
    search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
  };
  const streams = { quiet: {}, rest: { shards: 0 } };

  const planOfAll = once(() =>
    stack.plan({
      streams,
      log_groups: {
        "/app/orders": { create: false, stream: "quiet" },
        "/app/new": {},
        moved: { create: false, stream: "quiet" },
      },
      log_group_prefixes: {
        "/app/": { stream: "rest" },
        "/aws/": { stream: "rest" },
        "/aws/lambda/": { stream: "quiet", filter_pattern: "ERROR", exclude: ["/aws/lambda/legacy"] },
        "/aws/lambda/payment-": { stream: "rest", distribution: "Random" },
      },
      account_subscription: { stream: "rest", exclude: ["/aws/vpc/flow-logs", "/app/new"] },
      log_destination: { stream: "rest", account_ids: ["210987654321"] },
      index_cleanup: { schedule: "rate(1 day)", keep_count: 9 },
      search_domain: {
        log_types: ["ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"],
        ...{ master_user_arn: "arn:aws:iam::123456789012:role/master" },
        audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/audit",
      },
    }),
  );

  it("are found by the longest prefix, and are no own ones, excluded ones and none of log_groups", async () => {
    expect((await planOfAll()).planned_values.outputs.found_log_groups!.value).toEqual({
      "/app/": [],
      "/aws/": [],
      "/aws/lambda/": ["/aws/lambda/thumbnails"],
      "/aws/lambda/payment-": ["/aws/lambda/payment-api"],
    });
  });

  it("are not found where they are that of the domain's audit logs, until they are excluded", async () => {
    const master_user_arn = "arn:aws:iam::123456789012:role/master";
    const refused = await stack.rejections({
      streams,
      log_groups: {},
      log_group_prefixes: { "/app/": { stream: "rest" }, "/aws/": { stream: "rest" } },
      search_domain: {
        master_user_arn,
        audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/app/orders",
      },
    });
    expect(refused).toEqual([
      expect.stringMatching(
        /^log_group_prefixes = "\/app\/orders": allowed is any log group but .* Name it in exclude/,
      ),
    ]);
  });

  it("are subscribed to the streams of their prefixes, and are not created", async () => {
    const plan = await planOfAll();
    const filters = plan.resource_changes
      .filter(({ type }) => type === "aws_cloudwatch_log_subscription_filter")
      .map(({ index, change: { after } }) => [index, after.name, after.filter_pattern, after.distribution]);
    expect(filters).toEqual([
      ["/app/new", expect.stringMatching(/^logging-pipeline_-app-new_/), "", "ByLogStream"],
      ["/app/orders", "logging-pipeline_quiet", "", "ByLogStream"],
      ["/aws/lambda/payment-api", "logging-pipeline_rest", "", "Random"],
      ["/aws/lambda/thumbnails", "logging-pipeline_quiet", "ERROR", "ByLogStream"],
      ["moved", "logging-pipeline_quiet", "", "ByLogStream"],
    ]);
    expect(planned(plan, 'aws_cloudwatch_log_subscription_filter.this["/aws/lambda/thumbnails"]')).toMatchObject({
      log_group_name: "/aws/lambda/thumbnails",
      destination_arn: `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_quiet`,
    });
    expect(logGroupsIn(plan)).not.toContain("/aws/lambda/thumbnails");
  });

  it("are all of the account but those to which the pipeline writes, which it subscribes, and which are excluded", async () => {
    const plan = await planOfAll();
    const excluded = plan.planned_values.outputs.excluded_log_groups!.value as string[];
    const { selection_criteria, policy_name, policy_type, scope } = planned(
      plan,
      "aws_cloudwatch_log_account_policy.account_subscription[0]",
    );

    expect(selection_criteria).toBe(`LogGroupName NOT IN [${excluded.map((name) => `"${name}"`).join(", ")}]`);
    expect([policy_name, policy_type, scope]).toEqual(["logging-pipeline", "SUBSCRIPTION_FILTER_POLICY", "ALL"]);
    expect(excluded).toEqual([...new Set(excluded)].sort());
    // Each that the plan makes: of forwarders, clean-up, domain, and the one in log_groups.
    expect(logGroupsIn(plan)).toHaveLength(1 + 3 + 1 + 3);
    expect(excluded).toEqual(expect.arrayContaining(logGroupsIn(plan)));
    expect(excluded).toEqual(expect.arrayContaining(logGroupsOfStacks("logging-pipeline")));
    expect(excluded).toEqual(
      expect.arrayContaining(["/app/orders", "/audit", "/aws/lambda/payment-api", "/aws/vpc/flow-logs"]),
    );
    expect(excluded).not.toContain("/aws/lambda/legacy");
  });

  it("are those of other accounts, which get a destination and two lines", async () => {
    const plan = await planOfAll();
    const arn = `arn:aws:logs:${region}:${account}:destination:logging-pipeline`;
    const { log_destination_arn, log_destination_lines, log_destination_role_trust_policy } =
      plan.planned_values.outputs;

    expect(log_destination_arn!.value).toBe(arn);
    expect(log_destination_lines!.value).toBe(`destination_arn = "${arn}"\ndistribution    = "Random"`);
    expect(planned(plan, "aws_cloudwatch_log_destination.this[0]")).toMatchObject({
      name: "logging-pipeline",
      target_arn: `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_rest`,
    });
    expect(JSON.parse(String(log_destination_role_trust_policy!.value)).Statement).toEqual([
      expect.objectContaining({
        Condition: {
          ArnLike: {
            "aws:SourceArn": [`arn:aws:logs:${region}:${account}:*`, `arn:aws:logs:${region}:210987654321:*`],
          },
        },
      }),
    ]);
    expect(
      JSON.parse(String(planned(plan, "aws_cloudwatch_log_destination_policy.this[0]").access_policy)).Statement,
    ).toEqual([
      {
        Sid: "AccountsSubscribe",
        Effect: "Allow",
        Principal: { AWS: ["210987654321"] },
        Action: ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"],
        Resource: arn,
      },
    ]);
  });

  it("are any number by eleven resources, without those of a domain that was there before", async () => {
    const plan = await stack.plan({
      ...search,
      streams: { all: { shards: 8 } },
      log_groups: {},
      account_subscription: { stream: "all" },
    });
    const { value: excluded } = plan.planned_values.outputs.excluded_log_groups!;

    expect(plan.summary).toBe("Plan: 11 to add, 0 to change, 0 to destroy.");
    expect(excluded).toEqual(expect.arrayContaining(["/aws/lambda/logging-pipeline_all"]));
    expect(excluded).toEqual(
      expect.arrayContaining(
        ["application-logs", "index-slow-logs", "search-slow-logs", "audit-logs"].map(
          (end) => `/aws/OpenSearchService/domains/search/${end}`,
        ),
      ),
    );
  });

  it("are counted as indices, each by itself without a default index", async () => {
    // Three of log_groups and two that are found, each with as many as the clean-up keeps.
    expect(warningsOf(await planOfAll(), "check.shards")).toEqual([
      expect.stringContaining(`will have ${5 * 9} shards`),
    ]);
  });
});
