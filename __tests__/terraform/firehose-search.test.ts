import {
  FIREHOSE_TRANSFORM_ENVIRONMENT,
  parseFirehoseTransformEnvironment,
} from "../../core/settings/firehose-transform";
import { logGroupsOfStacks } from "../../modules/logging-pipeline/own-log-groups";
import { PlanBatch } from "../support/plan-batch";
import { REQUIRED_BY_FIREHOSE_SEARCH } from "../support/rejected-firehose";
import { account, logGroupsIn, type ModulePlan, planned, region, type StoredResource } from "../support/terraform";

jest.setTimeout(300_000);

const given = REQUIRED_BY_FIREHOSE_SEARCH;
const domain = given.search_domain_arn;
const name = "logging-pipeline-firehose-search";
const transform = "logging-pipeline-firehose-transform";
const archive = `logging-pipeline-archive-${account}-${region}`;
const roleArn = `arn:aws:iam::${account}:role/${name}-${region}-firehose`;
const functionArn = `arn:aws:lambda:${region}:${account}:function:${transform}`;
const source = `arn:aws:kinesis:${region}:${account}:stream/applications`;
const topic = `arn:aws:sns:${region}:${account}:alarms`;
const key = (id: string) => `arn:aws:kms:${region}:${account}:key/${id}`;
const object = (path: string) => `arn:aws:s3:::${path}`;
const vpc = { subnet_ids: ["subnet-00000001"], security_group_ids: ["sg-00000001"] };

/** What other resources quote, so that a plan knows it as if it had been made. */
const stored: readonly StoredResource[] = ["firehose", "function"].map((role) => ({
  type: "aws_iam_role",
  name: role,
  attributes: { id: role, name: `${name}-${region}-${role}`, path: "/", arn: roleArn },
}));

const plans = new PlanBatch("firehose-search");
const byGiven = plans.add(given, stored);
const withEverything = plans.add(
  {
    ...given,
    source_stream_arn: source,
    source_kms_key_arn: key("stream"),
    index_name: "shop",
    index_rotation_period: "NoRotation",
    document_id_format: "NO_DOCUMENT_ID",
    buffering_interval_seconds: 900,
    buffering_size_mib: 100,
    retry_duration_seconds: 0,
    s3_backup_mode: "FailedDocumentsOnly",
    bucket: "shop-logs",
    bucket_kms_key_arn: key("objects"),
    s3_buffering_interval_seconds: 0,
    s3_buffering_size_mib: 1,
    compression: "snappy",
    transform_buffering_interval_seconds: 60,
    transform_buffering_size_mib: 0.5,
    rules: [{ action: "redact", what: ["email"] }],
    metrics_namespace: "Shop/Logs",
    vpc,
    kms_key_arn: key("own"),
    alarm_topic_arns: [topic],
  },
  stored,
);
let plan: ModulePlan;
let whole: ModulePlan;

beforeAll(async () => {
  plan = await byGiven();
  whole = await withEverything();
});

const statements = (json: unknown): Record<string, unknown> =>
  Object.fromEntries(JSON.parse(String(json)).Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));
const policyIn = (of: ModulePlan, address: string) => statements(planned(of, address).policy);
const outputOf = (of: ModulePlan, output: string) => of.planned_values.outputs[output]?.value;
const deliveryStreamIn = (of: ModulePlan) => planned(of, "aws_kinesis_firehose_delivery_stream.this");
const searchIn = (of: ModulePlan) =>
  (deliveryStreamIn(of).opensearch_configuration as { processing_configuration: unknown }[])[0]!;

describe("the stack firehose-search", () => {
  it("has 10 resources, none of which is charged for while no records arrive", () => {
    expect(plan.resource_changes.map(({ address }) => address).sort()).toEqual([
      "aws_cloudwatch_log_group.firehose",
      "aws_cloudwatch_log_group.function",
      "aws_cloudwatch_log_stream.backup",
      "aws_cloudwatch_log_stream.destination",
      "aws_iam_role.firehose[0]",
      "aws_iam_role.function",
      "aws_iam_role_policy.firehose[0]",
      "aws_iam_role_policy.function",
      "aws_kinesis_firehose_delivery_stream.this",
      "aws_lambda_function.this",
    ]);
  });
});

describe("the delivery stream", () => {
  const logged = (log_stream_name: string) => [
    { enabled: true, log_group_name: `/aws/kinesisfirehose/${name}`, log_stream_name },
  ];
  const calls = (parameters: object) => [{ enabled: true, processors: [{ type: "Lambda", parameters }] }];
  const parameter = (parameter_name: string, parameter_value: string) => ({ parameter_name, parameter_value });

  it("sends documents to search after 60 s or 1 MiB, and to S3 after 300 s or 128 MiB", () => {
    expect(deliveryStreamIn(plan)).toMatchObject({
      name,
      destination: "opensearch",
      kinesis_source_configuration: [],
      server_side_encryption: [{ enabled: true, key_type: "AWS_OWNED_CMK", key_arn: null }],
    });
    expect(searchIn(plan)).toMatchObject({
      domain_arn: domain,
      cluster_endpoint: null,
      role_arn: roleArn,
      index_name: "applications",
      index_rotation_period: "OneDay",
      buffering_interval: 60,
      buffering_size: 1,
      retry_duration: 7_200,
      s3_backup_mode: "AllDocuments",
      document_id_options: [{ default_document_id_format: "FIREHOSE_DEFAULT" }],
      vpc_config: [],
      cloudwatch_logging_options: logged("DestinationDelivery"),
      s3_configuration: [
        {
          bucket_arn: object(archive),
          role_arn: roleArn,
          prefix: "firehose/",
          error_output_prefix: "firehose-failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
          buffering_interval: 300,
          buffering_size: 128,
          compression_format: "GZIP",
          kms_key_arn: null,
          cloudwatch_logging_options: logged("BackupDelivery"),
        },
      ],
    });
    expect(outputOf(plan, "index_pattern")).toBe("applications-*");
    expect(outputOf(plan, "objects_uri")).toBe(`s3://${archive}/firehose/`);
    expect(outputOf(plan, "failed_uri")).toBe(`s3://${archive}/firehose-failed/`);
  });

  it("writes to no log group that a subscription of all could have", () => {
    expect(logGroupsIn(plan)).toHaveLength(2);
    expect(logGroupsOfStacks("logging-pipeline")).toEqual(expect.arrayContaining(logGroupsIn(plan)));
  });

  it("calls the function before, with those parameters that are not Firehose's own", () => {
    expect(searchIn(plan).processing_configuration).toEqual(
      calls([parameter("BufferIntervalInSeconds", "10"), parameter("LambdaArn", `${functionArn}:$LATEST`)]),
    );
    expect(searchIn(whole).processing_configuration).toEqual(
      calls([parameter("BufferSizeInMBs", "0.5"), parameter("LambdaArn", `${functionArn}:$LATEST`)]),
    );
  });

  it("takes every other value that is given", () => {
    expect(deliveryStreamIn(whole)).toMatchObject({
      kinesis_source_configuration: [{ kinesis_stream_arn: source, role_arn: roleArn }],
      server_side_encryption: [],
    });
    expect(searchIn(whole)).toMatchObject({
      index_name: "shop",
      index_rotation_period: "NoRotation",
      buffering_interval: 900,
      buffering_size: 100,
      retry_duration: 0,
      s3_backup_mode: "FailedDocumentsOnly",
      document_id_options: [{ default_document_id_format: "NO_DOCUMENT_ID" }],
      vpc_config: [{ ...vpc, role_arn: roleArn }],
      s3_configuration: [
        {
          bucket_arn: object("shop-logs"),
          buffering_interval: 0,
          buffering_size: 1,
          compression_format: "Snappy",
          kms_key_arn: key("objects"),
        },
      ],
    });
    expect(outputOf(whole, "index_pattern")).toBe("shop");
    expect(outputOf(whole, "objects_uri")).toBeNull();
    for (const group of ["firehose", "function"]) {
      expect(planned(whole, `aws_cloudwatch_log_group.${group}`)).toMatchObject({ kms_key_id: key("own") });
    }
  });
});

describe("the role of Firehose", () => {
  const es = (...paths: string[]) => paths.map((path) => `${domain}/${path}`);
  const common = ["_all/_settings", "_cluster/stats", "_nodes", "_nodes/stats", "_nodes/*/stats", "_stats"];
  const always = {
    TransformRecords: {
      Effect: "Allow",
      Action: ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
      Resource: `${functionArn}:$LATEST`,
    },
    FindDomain: {
      Effect: "Allow",
      Action: ["es:DescribeDomain", "es:DescribeDomainConfig", "es:DescribeDomains"],
      Resource: domain,
    },
    IndexDocuments: { Effect: "Allow", Action: ["es:ESHttpPost", "es:ESHttpPut"], Resource: [domain, ...es("*")] },
    ReadDomain: {
      Effect: "Allow",
      Action: "es:ESHttpGet",
      Resource: es(...common, "applications*/_mapping*", "applications*/_stats"),
    },
    WriteObjects: expect.objectContaining({
      Resource: [object(`${archive}/firehose/*`), object(`${archive}/firehose-failed/*`)],
    }),
    FindBucket: expect.objectContaining({ Resource: object(archive) }),
    LogErrors: expect.objectContaining({ Action: "logs:PutLogEvents" }),
  };

  it("may call the function, write to the domain, the bucket and the log, and do nothing else", () => {
    expect(policyIn(plan, "aws_iam_role_policy.firehose[0]")).toEqual(always);
    expect(statements(outputOf(plan, "role_policy"))).toEqual(always);
  });

  it("may also read a stream, use keys and a VPC when these are given", () => {
    expect(policyIn(whole, "aws_iam_role_policy.firehose[0]")).toEqual({
      ...always,
      ReadDomain: { ...always.ReadDomain, Resource: es(...common, "shop*/_mapping*", "shop*/_stats") },
      WriteObjects: expect.objectContaining({
        Resource: [object("shop-logs/firehose/*"), object("shop-logs/firehose-failed/*")],
      }),
      FindBucket: expect.objectContaining({ Resource: object("shop-logs") }),
      ReadSource: expect.objectContaining({ Resource: source }),
      DecryptSource: expect.objectContaining({ Resource: key("stream") }),
      EncryptObjects: expect.objectContaining({ Resource: key("objects") }),
      AttachToVpc: {
        Effect: "Allow",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:CreateNetworkInterfacePermission",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcAttribute",
          "ec2:DescribeVpcs",
        ],
        Resource: "*",
      },
    });
  });
});

describe("the function", () => {
  const variablesIn = (of: ModulePlan) =>
    (planned(of, "aws_lambda_function.this").environment as { variables: Record<string, string> }[])[0]!.variables;

  it("is small, in no VPC, and may write its log and nothing else", () => {
    expect(planned(plan, "aws_lambda_function.this")).toMatchObject({
      function_name: transform,
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 256,
      timeout: 60,
      vpc_config: [],
    });
    expect(Object.keys(policyIn(plan, "aws_iam_role_policy.function"))).toEqual(["WriteOwnLogs", "Trace"]);
    expect(Object.keys(policyIn(whole, "aws_iam_role_policy.function"))).toEqual([
      "WriteOwnLogs",
      "Trace",
      "DecryptEnvironment",
    ]);
  });

  it("gets every variable that it takes", () => {
    expect(Object.keys(variablesIn(plan)).sort()).toEqual(Object.keys(FIREHOSE_TRANSFORM_ENVIRONMENT).sort());
    const { METRICS_NAMESPACE, ...others } = parseFirehoseTransformEnvironment(variablesIn(plan));
    const { METRICS_NAMESPACE: _, ...defaults } = parseFirehoseTransformEnvironment({});
    expect(others).toEqual(defaults);
    expect(METRICS_NAMESPACE).toBe(name);
    expect(parseFirehoseTransformEnvironment(variablesIn(whole))).toMatchObject({
      METRICS_NAMESPACE: "Shop/Logs",
      RULES: [expect.anything()],
    });
  });
});

describe("the alarms", () => {
  it("compare with the buffers, and are those for which there are metrics", () => {
    const alarms = whole.resource_changes
      .filter(({ type }) => type === "aws_cloudwatch_metric_alarm")
      .map(({ index, change: { after } }) => [index, after.metric_name, after.threshold]);

    // Of S3 there is no age of records, because it gets only what failed.
    expect(alarms).toEqual([
      ["intake", "KinesisMillisBehindLatest", 1_800_000],
      ["s3_success", "DeliveryToS3.Success", 1],
      ["search_access", "DeliveryToAmazonOpenSearchService.AuthFailure", 0],
      ["search_data_freshness", "DeliveryToAmazonOpenSearchService.DataFreshness", 1_920],
      ["search_success", "DeliveryToAmazonOpenSearchService.Success", 1],
      ["transform_failed_records", "FailedRecords", 0],
      ["transform_success", "ExecuteProcessing.Success", 1],
    ]);
  });

  it("watch Firehose's metrics by delivery stream, and the function's in its own namespace", () => {
    expect(planned(whole, 'aws_cloudwatch_metric_alarm.this["transform_success"]')).toMatchObject({
      alarm_name: `${name}-transform-success`,
      namespace: "AWS/Firehose",
      dimensions: { DeliveryStreamName: name },
    });
    expect(planned(whole, 'aws_cloudwatch_metric_alarm.this["transform_failed_records"]')).toMatchObject({
      namespace: "Shop/Logs",
      dimensions: null,
    });
  });
});

describe("a producer", () => {
  it("may put records to the delivery stream or to its source, and nothing else", () => {
    expect(statements(outputOf(plan, "producer_policy"))).toEqual({
      PutRecords: {
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: `arn:aws:firehose:${region}:${account}:deliverystream/${name}`,
      },
    });
    expect(Object.keys(statements(outputOf(whole, "producer_policy")))).toEqual(["PutRecords", "EncryptRecords"]);
  });
});
