import { join } from "node:path";
import { accessLogsInputs, archiveInputs, firehoseS3Inputs, firehoseSearchInputs, pipelineInputs } from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { terraformDefault } from "../../registry/files/variables";
import { addPolicies, EXEMPT, isExempt, lintPolicies } from "../support/lint-policies";
import { type ModuleCall, outputsDeclaredBy, planOfCalls, withoutProvider } from "../support/module-calls";
import { skippedUnless } from "../support/skipped";
import { keyAndRole, type ModulePlan, type StoredResource, synthesizedFolder } from "../support/terraform";
import { createdBy, outputsOf, unknownPolicies } from "./support/compare";
import { emittedModule } from "./support/module";
import { settled } from "./support/state";

jest.setTimeout(600_000);

/** The provider plans a change of a stored resource without tags, whatever is stored. */
const tags = { team: "platform" };
const key = "arn:aws:kms:eu-central-1:123456789012:key/archive";

const arnOf = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

/** With the attribute of roles that the provider reads. */
const storedRoles = keyAndRole.map((resource) => ({
  ...resource,
  attributes: { ...resource.attributes, ...(resource.type === "aws_iam_role" && { managed_policy_arns: [] }) },
}));

/**
 * Inputs that between them give every variable another value than its default, and turn every option on and off; and
 * resources in the state, so that the policies that quote them are known.
 */
const pipelines: readonly [name: string, variables: object, stored?: readonly StoredResource[]][] = [
  ["the defaults", {}],
  ["the defaults and a tag", { tags }, storedRoles],
  [
    // Without a state: the policies that quote the clean-up function's role and ARN are known after apply.
    "another name, no log group and the clean-up of indices",
    {
      name: "production",
      // Here, because a stored role with another path would be replaced.
      role_path: "/logging/",
      log_groups: {},
      index_cleanup: {
        schedule: "cron(0 3 * * ? *)",
        timezone: "Europe/Berlin",
        keep_days: 90,
        keep_count: 400,
        max_disk_percent: 75,
        max_deletions_per_run: 100,
        dry_run: true,
      },
      alarms: { actions: [arnOf("sns", "alarms")], each_log_group: false },
    },
  ],
  [
    "every option of the pipeline",
    {
      tags: { ...tags, "cost center": "4711" },
      log_groups: {
        "/app/checkout": {
          shards: 4,
          retention_in_days: 30,
          filter_pattern: '{ ($.level = "ERROR") } ${x} %{y}',
          time_field: "at",
          distribution: "Random",
          reserved_concurrent_executions: 8,
        },
        "/app/audit": { shards: 0, retention_in_days: 0, index: "apps", parser: "none" },
        "/app/flows": {
          parser: "vpc_flow",
          parser_fields: "version account-id srcaddr dstaddr",
          keep_message: false,
          event_original: true,
        },
        "/aws/lambda/thumbnails": { create: false },
      },
      batch_size: 10_000,
      maximum_batching_window_in_seconds: 300,
      parallelization_factor: 10,
      stream_retention_hours: 8_760,
      function_memory_mib: 10_240,
      function_timeout_seconds: 900,
      function_runtime: "nodejs22.x",
      function_architecture: "x86_64",
      function_log_retention_in_days: 0,
      function_tracing_mode: "PassThrough",
      function_log_format: "JSON",
      function_application_log_level: "DEBUG",
      function_system_log_level: "WARN",
      index_prefix: "production-",
      index_period: "week",
      index_history: { "2026-12-01T00:00:00Z": { prefix: "old-", period: "month", indices: { "/app/audit": "both" } } },
      index_template: "managed",
      index_shards: 3,
      index_replicas: 2,
      index_refresh_interval_seconds: 30,
      index_sort: "time",
      index_retention_days: 90,
      bulk_requests: 16,
      request_timeout_seconds: 60,
      bulk_max_bytes: 10_485_760,
      record_max_bytes: 67_108_864,
      metrics_namespace: "Production/Logs",
      alarms: {
        actions: [arnOf("sns", "alarms")],
        ok_actions: [],
        insufficient_data_actions: [arnOf("sns", "gaps")],
        iterator_age_minutes: 600,
        failing_minutes: 30,
        quarantined_events: 10,
        nothing_arrived_minutes: 0,
        free_storage_percent: 40,
        jvm_memory_pressure_percent: 80,
      },
      dashboard: true,
      archive_bucket: "archive-of-logs",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/production/",
      archive_kms_key_arn: key,
      kms_key_administrators: ["arn:aws:iam::123456789012:role/admin"],
      kms_key_policy_statements: [
        '{"Sid":"Shops","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":["kms:GenerateDataKey"],"Resource":["*"]}',
      ],
      kms_key_deletion_window_in_days: 7,
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
      enforce_lambda_source_account: true,
      vpc: {
        subnet_ids: ["subnet-00000001", "subnet-00000002", "subnet-00000003"],
        security_group_ids: ["sg-00000001"],
      },
      search_domain: {
        engine_version: "Elasticsearch_7.10",
        instance_type: "r7g.large.search",
        instance_count: 6,
        volume_size_gib: 100,
        availability_zones: 3,
        dedicated_master_type: "m7g.large.search",
        master_user_arn: "arn:aws:iam::123456789012:role/master",
        audit_log_group_arn: "arn:aws:logs:eu-central-1:123456789012:log-group:audit",
        reader_arns: ["arn:aws:iam::123456789012:role/reader", "arn:aws:iam::123456789012:user/auditor"],
        cognito: {
          user_pool_id: "eu-central-1_AbCdEfGhI",
          identity_pool_id: "eu-central-1:01234567-89ab-cdef-0123-456789abcdef",
          role_arn: "arn:aws:iam::123456789012:role/cognito",
        },
      },
    },
    storedRoles,
  ],
  [
    "sign-in by SAML and by password, from some addresses",
    {
      tags,
      log_groups: {},
      search_domain: {
        ...{ instance_type: "r7g.large.search", instance_count: 3, availability_zones: 3 },
        ...{ dedicated_master_type: "m7g.large.search", multi_az_with_standby: true },
        ...{ volume_size_gib: 1_200, volume_iops: 3_600, volume_throughput_mib: 300 },
        ...{ warm_type: "ultrawarm1.large.search", warm_count: 3, cold_storage: true },
        ...{ auto_tune: true, off_peak_window_start: "21:30", auto_software_update: true },
        custom_endpoint: {
          hostname: "search.example.com",
          certificate_arn: "arn:aws:acm:eu-central-1:123456789012:certificate/01234567",
        },
        log_types: ["ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS", "AUDIT_LOGS"],
        log_retention_in_days: 30,
        master_user_secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master",
        ip_allow_list: ["203.0.113.0/24", "2001:db8::/32"],
        access_policy_statements: [
          '{"Sid":"A","Effect":"Allow","Principal":{"AWS":"*"},"Action":["es:ESHttpGet"],"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}',
          '{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"NotAction":"es:ESHttpGet","Resource":["*"]}',
        ],
        saml: {
          entity_id: "https://idp.example.com/${x}",
          metadata_content: '<xml a="b"/>',
          master_user_name: "admin",
          master_backend_role: "admins",
          subject_key: "mail",
          roles_key: "groups",
          session_timeout_minutes: 480,
        },
      },
    },
    storedRoles,
  ],
  [
    "a search endpoint that is a domain of AWS",
    {
      tags,
      search_endpoint: "https://search.example.com",
      search_domain_arn: "arn:aws:es:us-east-1:123456789012:domain/search",
      search_region: "us-east-1",
    },
    storedRoles,
  ],
  [
    "an endpoint with credentials of its own",
    {
      tags,
      search_endpoint: "https://logs.es.us-east-1.aws.elastic-cloud.com:9243",
      search_credentials: {
        secret_arn: "arn:aws:secretsmanager:us-east-1:210987654321:secret:search-AbCdEf",
        kms_key_arn: "arn:aws:kms:us-east-1:210987654321:key/secret",
      },
      index_cleanup: { schedule: "rate(1 day)", keep_days: 90 },
    },
    storedRoles,
  ],
  [
    "a stream in place of a search endpoint",
    {
      tags,
      target_stream_arn: "arn:aws:kinesis:us-east-1:210987654321:stream/app-logs",
      target_stream_kms_key_arn: key,
    },
    storedRoles,
  ],
  [
    // The variables of its functions are known, unlike those with the endpoint of a domain that is to be made.
    "a search endpoint that is not a domain of AWS, and existing key and roles",
    {
      tags,
      create_forwarder_role: false,
      forwarder_role_arn: "arn:aws:iam::123456789012:role/forwarder",
      create_logs_to_kinesis_role: false,
      logs_to_kinesis_role_arn: "arn:aws:iam::123456789012:role/logs",
      create_kms_key: false,
      kms_key_arn: key,
      search_endpoint: "https://search.example.com:9200",
      log_groups: {
        "/app/payments": {
          join_lines: "^\\S",
          fields: { "user.plan": { from: "url.query", pattern: "(?:^|&)plan=(?P<plan>[a-z]+)" } },
          rules: [
            { action: "keep", field: "log.level", values: ["error", "warn"] },
            { action: "sample", pattern: '^"GET /health/\\d+', rate: 0.01 },
            { action: "redact", what: ["email", "card_number"] },
          ],
        },
      },
      archive_content: "redacted",
    },
  ],
];

const bucket = "archive-of-logs";
const storedBucket: readonly StoredResource[] = [
  { type: "aws_s3_bucket", name: "this", attributes: { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` } },
];
const archives: typeof pipelines = [
  ["the defaults", {}],
  ["a stored bucket", { tags, archive_bucket: bucket }, storedBucket],
  [
    "every option of the archive",
    {
      name: "production",
      tags,
      kms_key_arn: key,
      transition_days: 60,
      transition_storage_class: "INTELLIGENT_TIERING",
      expiration_days: 400,
      noncurrent_version_expiration_days: 7,
      object_lock: { mode: "GOVERNANCE", days: 90 },
      replication: {
        destination_bucket_arn: "arn:aws:s3:::copy",
        destination_account_id: "210987654321",
        destination_kms_key_arn: "arn:aws:kms:eu-west-1:210987654321:key/replicas",
      },
      access_log_bucket: "access-logs-of-buckets",
      access_log_prefix: "archive/",
      bucket_policy_statements: [
        '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::archive/*"}',
      ],
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
    },
  ],
];

const search_endpoint = "https://search.example.com";
const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/queue";
const storedQueues: readonly StoredResource[] = ["this", "dead_letter"].map((name) => ({
  type: "aws_sqs_queue",
  name,
  attributes: { id: url, url, arn: "arn:aws:sqs:eu-central-1:123456789012:queue", max_message_size: 262_144 },
}));
const accessLogs: typeof pipelines = [
  [
    "an endpoint with credentials of its own",
    {
      tags,
      search_endpoint,
      search_credentials: { secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf" },
      sources: { alb: { bucket: "lb-logs", notification: "none" } },
    },
    storedQueues,
  ],
  [
    "buckets of each kind",
    {
      tags,
      search_endpoint,
      sources: {
        alb: { bucket: "lb-logs", notification: "queue", prefix: "alb/" },
        nested: { bucket: "lb-logs", notification: "queue", prefix: "alb/shop=1/" },
        all: { bucket: "flow-logs", notification: "eventbridge", format: "vpc_flow", parser_fields: "version srcaddr" },
        edge: { bucket: "edge-logs", notification: "eventbridge", prefix: "cf/", kms_key_arn: key },
        trail: { bucket: "org-trail", notification: "none", bucket_account_id: "210987654321", index: "audit" },
      },
    },
    storedQueues,
  ],
  [
    "every option of access logs",
    {
      tags,
      search_endpoint,
      search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/production",
      search_region: "eu-central-1",
      name: "production",
      sources: { all: { bucket: "logs", notification: "none" } },
      topic_arns: ["arn:aws:sns:eu-central-1:123456789012:new-logs"],
      batch_size: 1,
      maximum_batching_window_in_seconds: 300,
      maximum_concurrency: 1_000,
      reserved_concurrent_executions: 1_000,
      max_receive_count: 5,
      message_retention_days: 13,
      function_memory_mib: 10_240,
      function_timeout_seconds: 900,
      function_runtime: "nodejs22.x",
      function_architecture: "x86_64",
      function_log_retention_in_days: 0,
      function_tracing_mode: "PassThrough",
      function_log_format: "JSON",
      function_application_log_level: "DEBUG",
      function_system_log_level: "WARN",
      index_prefix: "production-",
      index_period: "week",
      index_history: { "2026-12-01T00:00:00Z": { prefix: "old-", period: "month" } },
      index_template: "none",
      index_shards: 3,
      index_replicas: 2,
      index_refresh_interval_seconds: 30,
      index_sort: "time",
      index_retention_days: 90,
      bulk_requests: 16,
      request_timeout_seconds: 60,
      bulk_max_bytes: 10_485_760,
      keep_message: false,
      event_original: true,
      fields: { "user.plan": { from: "url.query", pattern: "(?:^|&)plan=(?P<plan>[a-z]+)" } },
      rules: [{ action: "sample", pattern: '^"GET /health/\\d+', rate: 0.01 }],
      metrics_namespace: "Production/Logs",
      archive_bucket: "archive-of-logs",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/production/",
      archive_kms_key_arn: key,
      kms_key_arn: key,
      queue_kms_key_arn: key,
      alarms: {
        ...{ actions: [arnOf("sns", "alarms")], ok_actions: [] },
        ...{ queue_age_minutes: 60, failing_minutes: 5, quarantined_events: 3 },
      },
      role_path: "/logging/",
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
      enforce_lambda_source_account: true,
      vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] },
    },
  ],
];

const ofFirehose = {
  source_stream_arn: arnOf("kinesis", "stream/applications"),
  source_kms_key_arn: arnOf("kms", "key/stream"),
  kms_key_arn: arnOf("kms", "key/own"),
  log_retention_in_days: 0,
  alarm_topic_arns: [arnOf("sns", "alarms")],
  tags,
};
const firehoseS3: typeof pipelines = [
  ["records that are put directly", { stream_name: "shop", bucket: "shop-logs", role: "firehose" }],
  [
    "every option of Firehose to S3",
    {
      ...ofFirehose,
      stream_name: "s".repeat(64),
      bucket: "shop-logs",
      account_id: "123456789012",
      buffering_interval_seconds: 0,
      buffering_size_mib: 64,
      compression: "hadoop-snappy",
      prefix: "!{timestamp:yyyy}/",
      error_output_prefix: "!{firehose:error-output-type}/",
      bucket_kms_key_arn: arnOf("kms", "key/objects"),
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
    },
  ],
];

const search_domain_arn = arnOf("es", "domain/search");
const firehoseSearch: typeof pipelines = [
  ["records that are put directly", { search_domain_arn, role: "firehose" }],
  [
    "every option of Firehose to search",
    {
      ...ofFirehose,
      search_domain_arn,
      name: "production",
      index_name: "shop",
      index_rotation_period: "NoRotation",
      document_id_format: "NO_DOCUMENT_ID",
      buffering_interval_seconds: 0,
      buffering_size_mib: 100,
      retry_duration_seconds: 0,
      s3_backup_mode: "FailedDocumentsOnly",
      bucket: "shop-logs",
      bucket_kms_key_arn: arnOf("kms", "key/objects"),
      s3_buffering_interval_seconds: 900,
      s3_buffering_size_mib: 64,
      compression: "zip",
      prefix: "!{timestamp:yyyy}/",
      error_output_prefix: "!{firehose:error-output-type}/",
      time_field: "at",
      parser: "auto",
      parser_fields: "version srcaddr",
      keep_message: false,
      event_original: true,
      fields: { "user.plan": { from: "url.query", pattern: "(?:^|&)plan=(?P<plan>[a-z]+)" } },
      rules: [{ action: "sample", pattern: '^"GET /health/\\d+', rate: 0.01 }],
      transform_buffering_interval_seconds: 60,
      transform_buffering_size_mib: 0.2,
      function_memory_mib: 512,
      function_timeout_seconds: 300,
      function_tracing_mode: "PassThrough",
      function_log_format: "JSON",
      function_application_log_level: "DEBUG",
      function_system_log_level: "WARN",
      function_runtime: "nodejs22.x",
      function_architecture: "x86_64",
      metrics_namespace: "Production/Logs",
      vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] },
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
      enforce_lambda_source_account: true,
    },
  ],
];

describe.each([
  ["the module", "logging-pipeline", "", pipelines, pipelineInputs],
  ["modules/log-archive", "log-archive", "modules/log-archive", archives, archiveInputs],
  ["modules/access-logs", "access-logs", "modules/access-logs", accessLogs, accessLogsInputs],
  ["modules/firehose-s3", "firehose-s3", "modules/firehose-s3", firehoseS3, firehoseS3Inputs],
  ["modules/firehose-search", "firehose-search", "modules/firehose-search", firehoseSearch, firehoseSearchInputs],
] as const)("%s", (_, stackName, folder, inputs, variables) => {
  let plans: Readonly<Record<string, ModulePlan>>;

  beforeAll(async () => {
    plans = await plansOfBoth(stackName, folder, inputs);
  });

  it("is compared with a value for each variable", () => {
    const given = inputs.flatMap(([, values]) => Object.keys(values));

    expect([...new Set(given)].sort()).toEqual(Object.keys(variables).map(snakeCase).sort());
  });

  it.each(inputs.map(([name, , stored = []], index) => [name, index, stored] as const))(
    "plans the resources, values and outputs of the CDKTF stack for %s",
    (_, index, stored) => {
      const ofStack = plans[`stack_${index}`]!;
      const ofModule = plans[`module_${index}`]!;

      for (const { address, change } of ofModule.resource_changes)
        addPolicies(policies, address, { ...change.after, assume_role_policy: undefined });
      for (const [name, { value }] of Object.entries(ofModule.planned_values.outputs))
        addPolicies(policies, `${folder || "module"} output`, { [name]: value });
      expect(Object.keys(createdBy(ofModule)).length).toBeGreaterThan(0);
      expect(createdBy(ofModule)).toEqual(createdBy(ofStack));
      expect(outputsOf(ofModule)).toEqual(outputsOf(ofStack));
      expect(stored.length > 0 ? unknownPolicies(ofModule) : []).toEqual([]);
    },
  );
});

/** All policies of the modules above, but trust policies: to parliament, each policy has a resource. */
const policies = new Map<string, string[]>();

// parliament is downloaded the first time.
skippedUnless(process.env.NIGHTLY, "NIGHTLY=1").it(
  "have policies in which parliament finds nothing but what is exempt",
  async () => {
    expect(policies.size).toBeGreaterThan(25);
    const findings = await lintPolicies(policies);
    expect(findings.filter((finding) => !EXEMPT.some((exemption) => isExempt(finding, exemption)))).toEqual([]);
    expect(EXEMPT.filter((exemption) => !findings.some((finding) => isExempt(finding, exemption)))).toEqual([]);
  },
  120_000,
);

/** What the registry module demands, and the stack has as its default. */
const DEMANDED = { log_groups: terraformDefault(pipelineInputs.logGroups.default) };

/** `stack_0` and `module_0` for the first inputs, and so on. */
async function plansOfBoth(
  stackName: string,
  folder: string,
  inputs: typeof pipelines,
): Promise<Readonly<Record<string, ModulePlan>>> {
  const stack = await synthesizedFolder(stackName);
  const module = await emittedModule();
  const sources = { stack: await withoutProvider(stack.directory), module: join(module.directory, folder) };
  const outputs = await outputsDeclaredBy(stack.directory);
  const indices = [...inputs.keys()];
  const calls = (kind: keyof typeof sources, of: readonly number[], storedAt: (index: number) => StoredResource[]) =>
    of.map((index): [string, ModuleCall] => [
      `${kind}_${index}`,
      {
        source: sources[kind],
        variables: { ...(kind === "module" && folder === "" && DEMANDED), ...inputs[index]![1] },
        stored: storedAt(index),
      },
    ]);
  try {
    const withState = indices.filter((index) => inputs[index]![2] !== undefined);
    const unsettled = await planOfCalls(Object.fromEntries(calls("module", withState, () => [])), outputs);
    const storedAt = (index: number) => settled(unsettled[`module_${index}`]!, inputs[index]![2] ?? []);
    return await planOfCalls(
      Object.fromEntries([...calls("stack", indices, storedAt), ...calls("module", indices, storedAt)]),
      outputs,
    );
  } finally {
    await stack.remove();
    await module.remove();
  }
}
