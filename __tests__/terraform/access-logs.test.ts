import { ACCESS_LOGS_ENVIRONMENT, parseAccessLogsEnvironment } from "../../core/settings/access-logs";
import { logGroupsOfStacks } from "../../modules/logging-pipeline/own-log-groups";
import { PlanBatch } from "../support/plan-batch";
import { plannedAlarms } from "../support/planned-alarms";
import { account, logGroupsIn, type ModulePlan, planned, region, type StoredResource } from "../support/terraform";

jest.setTimeout(300_000);

const name = "logging-pipeline-access-logs";
const queue = `arn:aws:sqs:${region}:${account}:${name}`;
const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
const roleArn = `arn:aws:iam::${account}:role/logging-pipeline-${region}-access-logs`;
const archive = `logging-pipeline-archive-${account}-${region}`;
const key = (id: string, owner = account) => `arn:aws:kms:${region}:${owner}:key/${id}`;
const other = "210987654321";

/** Each way in which a bucket can announce objects, nested and lone prefixes, and a bucket of another account. */
const sources = {
  alb: { bucket: "lb-logs", notification: "queue", prefix: "alb/", format: "alb_access" },
  nested: { bucket: "lb-logs", notification: "queue", prefix: "alb/shop/", index: "shop" },
  nlb: { bucket: "lb-logs", notification: "queue", prefix: "team=net/" },
  edge: { bucket: "edge-logs", notification: "eventbridge", prefix: "cf/", kms_key_arn: key("edge") },
  edge2: { bucket: "edge-logs", notification: "eventbridge", prefix: "cf2/" },
  flows: { bucket: "flow.logs", notification: "eventbridge", parser_fields: "version srcaddr dstaddr" },
  trail: { bucket: "org-trail", notification: "none", bucket_account_id: other, kms_key_arn: key("trail", other) },
};
const given = { sources, search_endpoint: "https://search.example.com" };

const queued = { url: queueUrl, arn: queue, name, fifo_queue: false };

/** What policies, rules and notifications quote, so that a plan knows them as if they had been made. */
const stored: readonly StoredResource[] = [
  { type: "aws_sqs_queue", name: "this", attributes: { ...queued, id: queueUrl } },
  {
    type: "aws_sqs_queue",
    name: "dead_letter",
    attributes: {
      id: `${queueUrl}-dead-letter`,
      url: `${queueUrl}-dead-letter`,
      arn: `${queue}-dead-letter`,
      name: `${name}-dead-letter`,
      fifo_queue: false,
    },
  },
  {
    type: "aws_iam_role",
    name: "function",
    attributes: { id: "role", name: `logging-pipeline-${region}-access-logs`, path: "/", arn: roleArn },
  },
];

const plans = new PlanBatch("access-logs");
const byGiven = plans.add(given, stored);
let plan: ModulePlan;

beforeAll(async () => {
  plan = await byGiven();
});

const statements = (json: unknown): Record<string, unknown> =>
  Object.fromEntries(JSON.parse(String(json)).Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));
const policyOf = (of: ModulePlan, address: string) => statements(planned(of, address).policy);
const outputOf = (of: ModulePlan, output: string) => of.planned_values.outputs[output]?.value;
const variablesOf = (of: ModulePlan) =>
  (planned(of, "aws_lambda_function.this").environment as { variables: Record<string, string> }[])[0]!.variables;

describe("the stack access-logs", () => {
  it("has 9 resources, a notification configuration for each bucket that it owns, and two for each rule", () => {
    expect(plan.resource_changes.map(({ address }) => address).sort()).toEqual([
      'aws_cloudwatch_event_rule.this["edge-logs"]',
      'aws_cloudwatch_event_rule.this["flow.logs"]',
      'aws_cloudwatch_event_target.this["edge-logs"]',
      'aws_cloudwatch_event_target.this["flow.logs"]',
      "aws_cloudwatch_log_group.function",
      "aws_iam_role.function",
      "aws_iam_role_policy.function",
      "aws_lambda_event_source_mapping.this",
      "aws_lambda_function.this",
      'aws_s3_bucket_notification.this["lb-logs"]',
      "aws_sqs_queue.dead_letter",
      "aws_sqs_queue.this",
      "aws_sqs_queue_policy.this",
      "aws_sqs_queue_redrive_allow_policy.dead_letter",
    ]);
  });

  it("writes to no log group that a subscription of all could have", () => {
    expect(logGroupsOfStacks("logging-pipeline")).toEqual(expect.arrayContaining(logGroupsIn(plan)));
  });
});

describe("the queue", () => {
  it("hides a message for 6 time-outs of the function, and gives it to a dead-letter queue that keeps it longer", () => {
    expect(planned(plan, "aws_sqs_queue.this")).toMatchObject({
      name,
      visibility_timeout_seconds: 6 * 300,
      message_retention_seconds: 4 * 86_400,
      sqs_managed_sse_enabled: true,
    });
    expect(JSON.parse(String(planned(plan, "aws_sqs_queue.this").redrive_policy))).toEqual({
      deadLetterTargetArn: `${queue}-dead-letter`,
      maxReceiveCount: 50,
    });
    expect(planned(plan, "aws_sqs_queue.dead_letter")).toMatchObject({
      message_retention_seconds: 14 * 86_400,
      sqs_managed_sse_enabled: true,
    });
    const { redrive_allow_policy } = planned(plan, "aws_sqs_queue_redrive_allow_policy.dead_letter");
    expect(JSON.parse(String(redrive_allow_policy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [queue],
    });
  });

  it("takes messages of these buckets, of their owners, of its own rules, and of nobody else", () => {
    const send = (service: string) => ({
      Effect: "Allow",
      Principal: { Service: `${service}.amazonaws.com` },
      Action: "sqs:SendMessage",
      Resource: queue,
    });
    expect(policyOf(plan, "aws_sqs_queue_policy.this")).toEqual({
      TlsOnly: {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queue,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      BucketsAnnounceObjects: {
        ...send("s3"),
        Condition: {
          ArnLike: { "aws:SourceArn": ["arn:aws:s3:::lb-logs", "arn:aws:s3:::org-trail"] },
          StringEquals: { "aws:SourceAccount": [account, other] },
        },
      },
      RulesAnnounceObjects: {
        ...send("events"),
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/${name}-*` } },
      },
    });
  });
});

describe("the alarms", () => {
  const topic = `arn:aws:sns:${region}:${account}:alarms`;
  const alarms = { actions: [topic], queue_age_minutes: 60, failing_minutes: 10, quarantined_events: 3 };
  const withAlarms = plans.add({ ...given, alarms }, stored);

  it("are 8, on the queues, the function and its own metrics, as the inputs say", async () => {
    const alarmed = plannedAlarms(await withAlarms());

    const conditions = [...alarmed].map(([index, alarm]) => [
      index,
      `${alarm.Namespace} ${alarm.MetricName} ${alarm.Statistic} > ${alarm.Threshold}, ${alarm.EvaluationPeriods}`,
    ]);
    expect(Object.fromEntries(conditions)).toEqual({
      queue_age: "AWS/SQS ApproximateAgeOfOldestMessage Maximum > 3600, 1",
      dead_letters: "AWS/SQS ApproximateNumberOfMessagesVisible Maximum > 0, 1",
      returned_messages: `${name} UnprocessedMessages Sum > 0, 2`,
      unreadable_objects: `${name} UnreadableObjects Sum > 3, 1`,
      rejected_events: `${name} RejectedEvents Sum > 3, 1`,
      too_long_lines: `${name} TooLongLines Sum > 3, 1`,
      function_errors: "AWS/Lambda Errors Sum > 0, 2",
      function_throttles: "AWS/Lambda Throttles Sum > 0, 2",
    });
    const dimensions = [...alarmed].flatMap(([index, { Dimensions = [] }]) =>
      Dimensions.map(({ Name, Value }) => [index, `${Name} ${Value}`]),
    );
    expect(Object.fromEntries(dimensions)).toEqual({
      queue_age: `QueueName ${name}`,
      dead_letters: `QueueName ${name}-dead-letter`,
      function_errors: `FunctionName ${name}`,
      function_throttles: `FunctionName ${name}`,
    });
    expect(alarmed.get("queue_age")).toMatchObject({
      ...{
        AlarmName: `${name}-queue-age`,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
      },
    });
  });
});

describe("a bucket", () => {
  it("announces what was put into it in any way, under prefixes of which none begins with another", () => {
    const { queue: queues, ...rest } = planned(plan, 'aws_s3_bucket_notification.this["lb-logs"]');
    const announced = (filter_prefix: string) =>
      expect.objectContaining({ queue_arn: queue, events: ["s3:ObjectCreated:*"], filter_prefix, filter_suffix: null });
    expect(queues).toEqual([announced("alb/"), announced("team%3Dnet/")]);
    expect(new Set((queues as { id: string }[]).map(({ id }) => id)).size).toBe(2);
    expect(rest).toMatchObject({ bucket: "lb-logs", lambda_function: [], topic: [] });
    expect(outputOf(plan, "owned_notifications")).toEqual(["lb-logs"]);
  });

  const all = { ...sources.alb, prefix: "" };
  const ofAllKeys = plans.add({ ...given, sources: { all, alb: sources.alb } }, stored);

  it("announces all keys when one source has no prefix", async () => {
    expect(planned(await ofAllKeys(), 'aws_s3_bucket_notification.this["lb-logs"]').queue).toEqual([
      expect.objectContaining({ filter_prefix: null }),
    ]);
  });

  it("stays as it is where a rule or its owner announces objects", () => {
    const patternOf = (bucket: string) =>
      JSON.parse(String(planned(plan, `aws_cloudwatch_event_rule.this["${bucket}"]`).event_pattern));
    const common = { source: ["aws.s3"], "detail-type": ["Object Created"], account: [account] };
    expect(patternOf("edge-logs")).toEqual({
      ...common,
      detail: { bucket: { name: ["edge-logs"] }, object: { key: [{ prefix: "cf/" }, { prefix: "cf2/" }] } },
    });
    expect(patternOf("flow.logs")).toEqual({ ...common, detail: { bucket: { name: ["flow.logs"] } } });
    for (const bucket of ["edge-logs", "flow.logs"]) {
      const rule = String(planned(plan, `aws_cloudwatch_event_rule.this["${bucket}"]`).name);
      expect(rule).toMatch(new RegExp(`^${name}-[0-9a-f]{10}$`));
      expect(planned(plan, `aws_cloudwatch_event_target.this["${bucket}"]`)).toMatchObject({ rule, arn: queue });
    }
  });

  it("of another account gets from its owner what the outputs say", () => {
    const configurations = outputOf(plan, "bucket_notifications") as Record<string, string>;
    expect(Object.keys(configurations)).toEqual(["org-trail"]);
    expect(JSON.parse(configurations["org-trail"]!)).toEqual({
      QueueConfigurations: [
        {
          Id: expect.stringMatching(new RegExp(`^${name}-`)),
          QueueArn: queue,
          Events: ["s3:ObjectCreated:*"],
          Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "" }] } },
        },
      ],
    });
    const policies = outputOf(plan, "bucket_policy_statements") as Record<string, string>;
    expect(Object.keys(policies)).toEqual(["org-trail"]);
    const allowed = { Effect: "Allow", Principal: { AWS: roleArn } };
    expect(JSON.parse(policies["org-trail"]!)).toEqual([
      { ...allowed, Sid: "AccessLogsAreRead", Action: "s3:GetObject", Resource: ["arn:aws:s3:::org-trail/*"] },
      { ...allowed, Sid: "AccessLogsAreFound", Action: "s3:ListBucket", Resource: "arn:aws:s3:::org-trail" },
    ]);
    expect(JSON.parse(String(outputOf(plan, "object_key_statement")))).toMatchObject({
      Principal: { AWS: roleArn },
      Action: "kms:Decrypt",
    });
  });

  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`s${i}`, { ...sources.edge, prefix: `${String(i).padStart(90, "x")}/` }]),
  );
  const ofManyPrefixes = plans.addRejected({ ...given, sources: many });

  it("has no more prefixes than an event pattern has room for", async () => {
    const [rejection] = await ofManyPrefixes();
    expect(rejection).toMatch(/^sources of bucket edge-logs = \[.*allowed is prefixes that fit into an event pattern/);
  });
});

describe("the role of the function", () => {
  const object = (path: string) => `arn:aws:s3:::${path}`;
  const always = {
    ReadAccessLogs: {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [
        object("lb-logs/alb/*"),
        object("edge-logs/cf/*"),
        object("edge-logs/cf2/*"),
        object("flow.logs/*"),
        object("lb-logs/alb/shop/*"),
        object("lb-logs/team=net/*"),
        object("org-trail/*"),
      ],
      Condition: { StringEquals: { "s3:ResourceAccount": [account, other] } },
    },
    FindAccessLogs: {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [object("edge-logs"), object("flow.logs"), object("lb-logs"), object("org-trail")],
      Condition: { StringEquals: { "s3:ResourceAccount": [account, other] } },
    },
    DecryptAccessLogs: {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: [key("edge"), key("trail", other)],
      Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
    UseQueue: {
      Effect: "Allow",
      Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"],
      Resource: queue,
    },
    WriteQuarantine: {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: object(`${archive}/access-logs/*`),
      Condition: { StringEquals: { "s3:ResourceAccount": account } },
    },
    WriteOwnLogs: {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}:*`,
    },
    Trace: { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
  };

  it("may read the sources, use its queue, write its logs and the quarantine, and nothing else", () => {
    expect(policyOf(plan, "aws_iam_role_policy.function")).toEqual(always);
    expect(statements(planned(plan, "aws_iam_role.function").assume_role_policy)).toEqual({
      Lambda: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    });
  });

  const domain = `arn:aws:es:${region}:${account}:domain/logging-pipeline`;
  const vpc = { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] };
  const topic = `arn:aws:sns:${region}:${account}:new-logs`;
  const withEverything = plans.add(
    {
      ...given,
      search_domain_arn: domain,
      archive_bucket: "my-archive",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/",
      archive_kms_key_arn: key("archive"),
      kms_key_arn: key("own"),
      queue_kms_key_arn: key("queue"),
      topic_arns: [topic],
      vpc,
      permissions_boundary_arn: `arn:aws:iam::${account}:policy/boundary`,
    },
    stored,
  );

  it("may also use a domain, keys and a VPC when these are given", async () => {
    const whole = await withEverything();
    const [asks] = outputOf(whole, "quarantine_bucket_policy_statements") as string[];
    const byRole = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/logging-pipeline-${region}-access-logs` },
      },
    };
    expect(JSON.parse(asks!)).toEqual({
      ...{ Sid: "AccessLogsWritesArchive", ...byRole },
      ...{ Action: "s3:PutObject", Resource: [object("my-archive/logs/access-logs/*")] },
    });
    expect(JSON.parse(String(outputOf(whole, "quarantine_key_statement")))).toMatchObject({
      Action: "kms:GenerateDataKey",
      Condition: byRole.Condition,
    });
    expect(outputOf(plan, "quarantine_bucket_policy_statements")).toEqual([]);
    const viaService = (service: string) => ({
      StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
    });
    const keep = (...paths: string[]) => ({
      Effect: "Allow",
      Action: ["es:ESHttpGet", "es:ESHttpPut"],
      Resource: paths.map((path) => `${domain}/${path}/logging-pipeline`),
    });

    expect(policyOf(whole, "aws_iam_role_policy.function")).toEqual({
      ...always,
      WriteQuarantine: {
        ...always.WriteQuarantine,
        Resource: object("my-archive/logs/access-logs/*"),
        Condition: { StringEquals: { "s3:ResourceAccount": "210987654321" } },
      },
      EncryptQuarantine: {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: key("archive"),
        Condition: viaService("s3"),
      },
      EncryptMessages: {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: key("queue"),
        Condition: viaService("sqs"),
      },
      DecryptEnvironment: {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: key("own"),
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:lambda:FunctionArn": `arn:aws:lambda:${region}:${account}:function:${name}`,
          },
        },
      },
      IndexEvents: { Effect: "Allow", Action: "es:ESHttpPost", Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`] },
      FunctionKeepsTemplate: keep("_index_template"),
      FunctionKeepsPolicy: keep("_plugins/_ism/policies", "_opendistro/_ism/policies"),
      AttachToVpc: expect.objectContaining({ Resource: "*" }),
    });
    expect(policyOf(whole, "aws_sqs_queue_policy.this")).toMatchObject({
      TopicsAnnounceObjects: {
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnLike: { "aws:SourceArn": [topic] } },
      },
    });
    expect(planned(whole, "aws_lambda_function.this")).toMatchObject({ kms_key_arn: key("own"), vpc_config: [vpc] });
    expect(planned(whole, "aws_cloudwatch_log_group.function")).toMatchObject({ kms_key_id: key("own") });
    for (const queue of ["this", "dead_letter"]) {
      expect(planned(whole, `aws_sqs_queue.${queue}`)).toMatchObject({ kms_master_key_id: key("queue") });
    }
    // As the pipeline of this name has it for its own domain by default: two that disagree would change the policy in turns.
    expect(variablesOf(whole).INDEX_RETENTION_DAYS).toBe("30");
  });

  describe("of many sources", () => {
    /** Each takes as much of the policies as it can, and as little of the function's environment. */
    const longest = (count: number) => {
      const digits = (i: number, length: number) => String(100 + i).padStart(length, "9");
      const source = (i: number) => ({
        bucket: digits(i, 63),
        notification: "none",
        bucket_account_id: digits(i, 12),
        kms_key_arn: `arn:aws:kms:ap-southeast-1:${digits(i, 12)}:key/mrk-${digits(i, 32)}`,
      });
      return Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, source(i)]));
    };
    const options = {
      search_domain_arn: `arn:aws:es:ap-southeast-1:${account}:domain/${"d".repeat(28)}`,
      name: "n".repeat(24),
      archive_bucket: "a".repeat(63),
      archive_prefix: `${"p".repeat(255)}/`,
      archive_kms_key_arn: key("a".repeat(36)),
      kms_key_arn: key("b".repeat(36)),
      queue_kms_key_arn: key("c".repeat(36)),
      topic_arns: Array.from({ length: 10 }, (_, i) => `arn:aws:sns:${region}:${account}:${i}${"t".repeat(200)}`),
      vpc: { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] },
    };

    const ofMost = plans.add({ ...given, ...options, sources: longest(24) });
    const ofTooMany = plans.addRejected({ ...given, sources: longest(25) });

    it("stays within the limits of IAM, and the queue's policy within that of SQS, with every option", async () => {
      const whole = await ofMost();

      expect(String(planned(whole, "aws_iam_role_policy.function").policy).length).toBeLessThan(10_240);
      expect(String(planned(whole, "aws_sqs_queue_policy.this").policy).length).toBeLessThan(8_192);
    });

    it("is refused beyond, before IAM refuses it", async () => {
      expect(await ofTooMany()).toEqual([
        expect.stringMatching(
          /^sources = 6\d{3}: allowed is sources whose buckets, prefixes, keys and accounts take up to 6,800/,
        ),
      ]);
    });
  });
});

describe("the function", () => {
  it("is small, and gets its messages one by one acknowledged, from so many invocations at a time", () => {
    expect(planned(plan, "aws_lambda_function.this")).toMatchObject({
      function_name: name,
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 256,
      timeout: 300,
      role: roleArn,
      reserved_concurrent_executions: -1,
      vpc_config: [],
    });
    expect(planned(plan, "aws_lambda_event_source_mapping.this")).toMatchObject({
      event_source_arn: queue,
      batch_size: 10,
      maximum_batching_window_in_seconds: 0,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: [{ maximum_concurrency: 10 }],
    });
    expect(planned(plan, "aws_cloudwatch_log_group.function")).toMatchObject({
      name: `/aws/lambda/${name}`,
      retention_in_days: 365,
    });
  });

  it("gets variables that it takes, with nothing in its sources that is a default", () => {
    const variables = variablesOf(plan);
    const { AWS_REGION: _, ...unset } = ACCESS_LOGS_ENVIRONMENT;
    const declared = Object.keys(unset).filter((variable) => !variable.startsWith("AWS_"));
    const own = ["BULK_MAX_BYTES", "COMPRESS_REQUESTS", "REQUEST_TIMEOUT_SECONDS"];
    expect(Object.keys(variables).sort()).toEqual(declared.filter((variable) => !own.includes(variable)).sort());

    const parsed = parseAccessLogsEnvironment({ ...variables, AWS_REGION: region });
    expect(parsed).toMatchObject({
      SEARCH_ENDPOINT: "https://search.example.com",
      SEARCH_REGION: "",
      SEARCH_SECRET_ARN: "",
      QUEUE_URL: queueUrl,
      QUARANTINE_BUCKET: archive,
      QUARANTINE_PREFIX: "",
      INDEX_PREFIX: "cwl-",
      INDEX_TEMPLATE: "logging-pipeline",
      INDEX_RETENTION_DAYS: 0,
      METRICS_NAMESPACE: "logging-pipeline-access-logs",
    });
    expect(Object.fromEntries(parsed.ACCESS_LOG_SOURCES.map(({ name: source, ...rest }) => [source, rest]))).toEqual({
      alb: { bucket: "lb-logs", prefix: "alb/", format: "alb_access", index: "", parserFields: "" },
      nested: { bucket: "lb-logs", prefix: "alb/shop/", format: "auto", index: "shop", parserFields: "" },
      nlb: { bucket: "lb-logs", prefix: "team=net/", format: "auto", index: "", parserFields: "" },
      edge: { bucket: "edge-logs", prefix: "cf/", format: "auto", index: "", parserFields: "" },
      edge2: { bucket: "edge-logs", prefix: "cf2/", format: "auto", index: "", parserFields: "" },
      flows: {
        bucket: "flow.logs",
        prefix: "",
        format: "auto",
        index: "",
        parserFields: "version srcaddr dstaddr",
      },
      trail: { bucket: "org-trail", prefix: "", format: "auto", index: "", parserFields: "" },
    });
    expect(variables.ACCESS_LOG_SOURCES).toContain('{"bucket":"org-trail","name":"trail"}');
  });
});
