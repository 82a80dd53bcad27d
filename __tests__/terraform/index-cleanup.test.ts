import {
  ARCHIVE_COMPACTION_ENVIRONMENT,
  parseArchiveCompactionEnvironment,
} from "../../core/settings/archive-compaction";
import { AUDIT_ENVIRONMENT, parseAuditEnvironment } from "../../core/settings/audit";
import { INDEX_CLEANUP_ENVIRONMENT, parseIndexCleanupEnvironment } from "../../core/settings/index-cleanup";
import { askedAudit } from "../../functions/audit/asked-audit";
import { PlanBatch } from "../support/plan-batch";
import {
  account,
  changesIn,
  keyAndRole,
  type ModulePlan,
  planned,
  region,
  type StoredResource,
} from "../support/terraform";

jest.setTimeout(300_000);

const index_cleanup = {
  schedule: "cron(0 3 * * ? *)",
  timezone: "Europe/Berlin",
  keep_days: 30,
  max_disk_percent: 75,
};
const archiveKeyArn = `arn:aws:kms:${region}:${account}:key/archive`;
const domain = `arn:aws:es:${region}:${account}:domain/logging-pipeline`;
const functionName = "logging-pipeline-index-cleanup";
const address = (type: string, name = "index_cleanup") => `${type}.${name}[0]`;

const stored = (name: string, role: string): StoredResource => ({
  type: "aws_iam_role",
  name,
  attributes: { id: role, name: role, path: "/", arn: `arn:aws:iam::${account}:role/${role}` },
});
const storedRole = stored("index_cleanup", `logging-pipeline-${region}-index-cleanup`);
const storedAuditRole = stored("audit", `logging-pipeline-${region}-audit`);

const plans = new PlanBatch("logging-pipeline");
const byGiven = plans.add(
  {
    index_cleanup,
    archive_compaction: { schedule: "rate(1 hour)" },
    audit: { schedule: "rate(2 hours)", min_age_hours: 4, look_back_hours: 2 },
    archive_kms_key_arn: archiveKeyArn,
    log_groups: { foo: {}, audit: { stream: "long" } },
    streams: { long: { retention_hours: 96 } },
    index_history: { "2026-11-01T00:00:00Z": { prefix: "old-", period: "month" } },
    search_endpoint: "https://search.example.com",
    search_domain_arn: domain,
  },
  keyAndRole,
);
let plan: ModulePlan;

beforeAll(async () => {
  plan = await byGiven();
});

const statements = (json: unknown): Record<string, { Resource: unknown }> =>
  Object.fromEntries(JSON.parse(String(json)).Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));

describe("the clean-up function", () => {
  it("adds 7 resources", async () => {
    const added = plan.resource_changes
      .map((resource) => resource.address)
      .filter((one) => one.includes("index_cleanup"));
    expect(added.sort()).toEqual(
      [
        address("aws_cloudwatch_log_group"),
        address("aws_iam_role"),
        address("aws_iam_role", "index_cleanup_schedule"),
        address("aws_iam_role_policy"),
        address("aws_iam_role_policy", "index_cleanup_schedule"),
        address("aws_lambda_function"),
        address("aws_scheduler_schedule"),
      ].sort(),
    );
  });

  it("gets each of its variables, with values that it takes", () => {
    const [{ variables }] = planned(plan, address("aws_lambda_function")).environment as [
      { variables: Record<string, string> },
    ];
    const { AWS_REGION: _, AWS_ENDPOINT_URL_SECRETS_MANAGER: __, ...declared } = INDEX_CLEANUP_ENVIRONMENT;
    expect(Object.keys(variables).sort()).toEqual(Object.keys(declared).sort());
    expect(parseIndexCleanupEnvironment({ ...variables, AWS_REGION: region })).toEqual({
      AWS_REGION: region,
      SEARCH_ENDPOINT: "https://search.example.com",
      // That of the domain.
      SEARCH_REGION: region,
      SEARCH_SECRET_ARN: "",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "",
      PIPELINE_NAME: "logging-pipeline",
      INDEX_PREFIX: "cwl-",
      INDEX_PERIOD: "day",
      INDEX_HISTORY: [{ until: Date.parse("2026-11-01T00:00:00Z"), prefix: "old-", index: "", period: "month" }],
      KEEP_DAYS: 30,
      KEEP_COUNT: 0,
      MAX_DISK_PERCENT: 75,
      MAX_DELETIONS_PER_RUN: 500,
      DRY_RUN: false,
      METRICS_NAMESPACE: "logging-pipeline",
    });
  });

  it("runs on its schedule, in its time zone, by a role for this account's schedules", () => {
    expect(planned(plan, address("aws_scheduler_schedule"))).toMatchObject({
      name: functionName,
      schedule_expression: "cron(0 3 * * ? *)",
      schedule_expression_timezone: "Europe/Berlin",
      flexible_time_window: [{ mode: "OFF" }],
      target: [{ retry_policy: [{ maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 10 }] }],
    });
    const { SchedulesOfThisAccount } = statements(
      planned(plan, address("aws_iam_role", "index_cleanup_schedule")).assume_role_policy,
    );
    expect(SchedulesOfThisAccount).toEqual({
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: {
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:scheduler:${region}:${account}:schedule-group/default`,
        },
      },
    });
  });

  it("may list indices, and read and delete those with the pipeline's prefixes, and nothing else of the domain", () => {
    const role = statements(planned(plan, address("aws_iam_role_policy")).policy);
    expect(role).toEqual({
      DecryptEnvironment: expect.objectContaining({ Action: "kms:Decrypt" }),
      WriteOwnLogs: {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${functionName}:*`,
      },
      Trace: expect.objectContaining({ Resource: "*" }),
      ListIndices: {
        Effect: "Allow",
        Action: "es:ESHttpGet",
        Resource: [`${domain}/_cat/indices/*`, `${domain}/_cat/allocation`],
      },
      ReadMappings: {
        Effect: "Allow",
        Action: "es:ESHttpGet",
        Resource: [`${domain}/cwl-*/_mapping`, `${domain}/old-*/_mapping`],
      },
      DeleteIndices: { Effect: "Allow", Action: "es:ESHttpDelete", Resource: [`${domain}/cwl-*`, `${domain}/old-*`] },
    });
  });

  const vpc = { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] };
  const withDomain = plans.add({ index_cleanup, audit: { schedule: "rate(1 hour)" }, vpc }, [
    ...keyAndRole,
    storedRole,
    storedAuditRole,
  ]);

  it("is allowed the same by the policy of the domain that the pipeline makes, and has the pipeline's VPC", async () => {
    const own = await withDomain();
    expect(changesIn(own)).toMatchObject({ create: 35 });
    const allowed = statements(planned(own, "aws_opensearch_domain.this[0]").access_policies);
    const role = statements(planned(own, address("aws_iam_role_policy")).policy);
    const Principal = { AWS: storedRole.attributes.arn };
    for (const sid of ["ListIndices", "ReadMappings", "DeleteIndices"]) {
      expect([sid, allowed[`Cleanup${sid}`]]).toEqual([sid, { ...role[sid], Principal }]);
    }
    const auditRole = statements(planned(own, address("aws_iam_role_policy", "audit")).policy);
    for (const sid of ["ListIndices", "SearchIndices", "EndSearches"]) {
      expect([sid, allowed[`Audit${sid}`]]).toEqual([
        sid,
        { ...auditRole[sid], Principal: { AWS: storedAuditRole.attributes.arn } },
      ]);
    }
    expect(role).toHaveProperty("AttachToVpc");
    expect(auditRole).toHaveProperty("AttachToVpc");
    expect(planned(own, address("aws_lambda_function")).vpc_config).toMatchObject([vpc]);
  });
});

describe("the function that compacts the archive", () => {
  it("adds 7 resources", () => {
    const added = plan.resource_changes.filter((resource) => resource.address.includes("archive_compaction"));
    expect(added.map(({ type }) => type).sort()).toEqual([
      "aws_cloudwatch_log_group",
      ...["aws_iam_role", "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy"],
      ...["aws_lambda_function", "aws_scheduler_schedule"],
    ]);
  });

  it("begins an hour after the longest retention of a stream", () => {
    const [{ variables }] = planned(plan, address("aws_lambda_function", "archive_compaction")).environment as [
      { variables: Record<string, string> },
    ];
    const { AWS_REGION: _, AWS_ENDPOINT_URL_S3: __, ...declared } = ARCHIVE_COMPACTION_ENVIRONMENT;
    expect(Object.keys(variables).sort()).toEqual(Object.keys(declared).sort());
    expect(parseArchiveCompactionEnvironment({ ...variables, AWS_REGION: region })).toMatchObject({
      ARCHIVE_BUCKET: `logging-pipeline-archive-${account}-${region}`,
      MIN_AGE_HOURS: 97,
      LOOK_BACK_HOURS: 72,
    });
  });

  it("may read the archive, add compacted objects, delete others that are unchanged, and nothing else", () => {
    const bucket = `arn:aws:s3:::logging-pipeline-archive-${account}-${region}`;
    const { policy: json } = planned(plan, address("aws_iam_role_policy", "archive_compaction"));
    const all = statements(json);
    const owner = { "s3:ResourceAccount": account };
    const s3 = Object.fromEntries(Object.entries(all).filter(([, { Resource }]) => String(Resource).includes(":s3:")));
    expect(s3).toEqual({
      ListArchive: {
        ...{ Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
        Condition: { StringEquals: owner },
      },
      CheckObjectLock: {
        ...{ Effect: "Allow", Action: "s3:GetBucketObjectLockConfiguration", Resource: bucket },
        Condition: { StringEquals: owner },
      },
      ReadArchive: {
        ...{ Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/archive/*` },
        Condition: { StringEquals: owner },
      },
      CreateCompactedObjects: {
        ...{ Effect: "Allow", Action: "s3:PutObject", Resource: `${bucket}/archive/*/compacted-*.gz` },
        Condition: { StringEquals: owner, Null: { "s3:if-none-match": "false" } },
      },
      DeleteUnchangedObjects: {
        ...{ Effect: "Allow", Action: "s3:DeleteObject", Resource: `${bucket}/archive/*/shardId-*.gz` },
        Condition: { StringEquals: owner, Null: { "s3:if-match": "false" } },
      },
    });
    expect(all.UseArchiveKey).toMatchObject({
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: archiveKeyArn,
    });
    expect(Object.keys(all).sort()).toEqual(
      [...Object.keys(s3), "DecryptEnvironment", "Trace", "UseArchiveKey", "WriteOwnLogs"].sort(),
    );
  });
});

describe("the function that audits", () => {
  it("adds 7 resources", () => {
    const added = plan.resource_changes.filter((resource) => /\.audit(_schedule)?\[0\]$/.test(resource.address));
    expect(added.map(({ type }) => type).sort()).toEqual([
      "aws_cloudwatch_log_group",
      ...["aws_iam_role", "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy"],
      ...["aws_lambda_function", "aws_scheduler_schedule"],
    ]);
  });

  it("gets each of its variables, with values that it takes", () => {
    const lambda = planned(plan, address("aws_lambda_function", "audit"));
    const [{ variables }] = lambda.environment as [{ variables: Record<string, string> }];
    const others = ["AWS_REGION", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_SECRETS_MANAGER"];
    const declared = Object.keys(AUDIT_ENVIRONMENT).filter((name) => !others.includes(name));
    expect(Object.keys(variables).sort()).toEqual(
      declared.filter((name) => name !== "AWS_LAMBDA_FUNCTION_MEMORY_SIZE").sort(),
    );
    expect(parseAuditEnvironment({ ...variables, AWS_REGION: region })).toMatchObject({
      ...{ SEARCH_ENDPOINT: "https://search.example.com", SEARCH_REGION: region },
      ARCHIVE_BUCKET: `logging-pipeline-archive-${account}-${region}`,
      ...{ MIN_AGE_HOURS: 4, LOOK_BACK_HOURS: 2, RECORD_MAX_BYTES: 33_554_432 },
    });
    expect(lambda).toMatchObject({ memory_size: 1_769, timeout: 900 });
  });

  it("is told the pipeline's index settings and the time by its schedule", () => {
    const [{ input }] = planned(plan, address("aws_scheduler_schedule", "audit")).target as [{ input: string }];
    const event = JSON.parse(input);
    expect(event.time).toBe("<aws.scheduler.scheduled-time>");
    expect(event.index_settings).toEqual(plan.planned_values.outputs!.index_settings!.value);
    const hours = { minAgeHours: 4, lookBackHours: 2 };
    const asked = askedAudit({ ...event, time: "2026-11-21T07:30:00Z" }, hours, 0);
    expect([asked.fromMs, asked.toMs]).toEqual(["01", "03"].map((hour) => Date.parse(`2026-11-21T${hour}:00Z`)));
    expect([...asked.messages.keys()].sort()).toEqual(expect.arrayContaining(["audit", "foo"]));
  });

  it("may read archive and rejected events, search, and nothing else", () => {
    const bucket = `arn:aws:s3:::logging-pipeline-archive-${account}-${region}`;
    const owner = { StringEquals: { "s3:ResourceAccount": account } };
    const prefixes = ["cwl-", "old-"];
    expect(statements(planned(plan, address("aws_iam_role_policy", "audit")).policy)).toEqual({
      DecryptEnvironment: expect.objectContaining({ Action: "kms:Decrypt" }),
      WriteOwnLogs: expect.objectContaining({
        Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/logging-pipeline-audit:*`,
      }),
      Trace: expect.objectContaining({ Resource: "*" }),
      ListArchive: { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket, Condition: owner },
      ReadArchive: {
        ...{ Effect: "Allow", Action: "s3:GetObject", Condition: owner },
        Resource: [`${bucket}/archive/*`, `${bucket}/rejected/*`],
      },
      DecryptArchive: expect.objectContaining({ Action: "kms:Decrypt", Resource: archiveKeyArn }),
      ListIndices: { Effect: "Allow", Action: "es:ESHttpGet", Resource: [`${domain}/_cat/indices/*`] },
      SearchIndices: {
        ...{ Effect: "Allow", Action: "es:ESHttpPost" },
        Resource: [
          ...prefixes.map((prefix) => `${domain}/${prefix}*/_search`),
          ...prefixes.map((prefix) => `${domain}/${prefix}*/_count`),
          ...[`${domain}/_mget`, `${domain}/_search/scroll`],
        ],
      },
      EndSearches: { Effect: "Allow", Action: "es:ESHttpDelete", Resource: [`${domain}/_search/scroll`] },
    });
  });
});
