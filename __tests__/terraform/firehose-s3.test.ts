import { PlanBatch } from "../support/plan-batch";
import { REQUIRED_BY_FIREHOSE_S3 } from "../support/rejected-firehose";
import { account, type ModulePlan, planned, region, type StoredResource } from "../support/terraform";

jest.setTimeout(300_000);

const given = REQUIRED_BY_FIREHOSE_S3;
const { stream_name: name, bucket } = given;
const roleArn = `arn:aws:iam::${account}:role/${name}-${region}-firehose`;
const source = `arn:aws:kinesis:${region}:${account}:stream/applications`;
const topic = `arn:aws:sns:${region}:${account}:alarms`;
const key = (id: string) => `arn:aws:kms:${region}:${account}:key/${id}`;
const existing = `arn:aws:iam::${account}:role/team/firehose`;
const object = (path: string) => `arn:aws:s3:::${path}`;

/** What the delivery stream quotes, so that a plan knows it as if it had been made. */
const stored: readonly StoredResource[] = [
  {
    type: "aws_iam_role",
    name: "firehose",
    attributes: { id: "role", name: `${name}-${region}-firehose`, path: "/", arn: roleArn },
  },
];

/** Every option, with a stream as the source. */
const longName = `${"s".repeat(63)}.`;
const everything = {
  ...given,
  stream_name: longName,
  account_id: account,
  buffering_interval_seconds: 900,
  buffering_size_mib: 1,
  compression: "none",
  prefix: "logs/day=!{timestamp:yyyy-MM-dd}/",
  error_output_prefix: "!{firehose:error-output-type}/",
  bucket_kms_key_arn: key("objects"),
  source_stream_arn: source,
  source_kms_key_arn: key("stream"),
  kms_key_arn: key("own"),
  log_retention_in_days: 30,
  alarm_topic_arns: [topic],
  permissions_boundary_arn: `arn:aws:iam::${account}:policy/boundary`,
};

const plans = new PlanBatch("firehose-s3");
const byGiven = plans.add(given, stored);
const withEverything = plans.add(everything);
const withRole = plans.add({ ...given, role: existing, alarm_topic_arns: [topic] });
let plan: ModulePlan;
let whole: ModulePlan;
let reusing: ModulePlan;

beforeAll(async () => {
  plan = await byGiven();
  whole = await withEverything();
  reusing = await withRole();
});

const statements = (json: unknown): Record<string, unknown> =>
  Object.fromEntries(JSON.parse(String(json)).Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));
const outputOf = (of: ModulePlan, output: string) => of.planned_values.outputs[output]?.value;
const addressesIn = ({ resource_changes }: ModulePlan) => resource_changes.map(({ address }) => address).sort();
const deliveryStreamIn = (of: ModulePlan) => planned(of, "aws_kinesis_firehose_delivery_stream.this");

const ROLE = "aws_iam_role.firehose[0]";
const ROLE_POLICY = "aws_iam_role_policy.firehose[0]";

describe("the stack firehose-s3", () => {
  it("has 5 resources, none of which is charged for while no records arrive", () => {
    expect(addressesIn(plan)).toEqual([
      "aws_cloudwatch_log_group.firehose",
      "aws_cloudwatch_log_stream.destination",
      ROLE,
      ROLE_POLICY,
      "aws_kinesis_firehose_delivery_stream.this",
    ]);
  });
});

describe("the delivery stream", () => {
  it("takes records directly, encrypted by Firehose's own key, and gathers 5 minutes or 128 MiB into .gz objects", () => {
    expect(deliveryStreamIn(plan)).toMatchObject({
      name,
      destination: "extended_s3",
      kinesis_source_configuration: [],
      server_side_encryption: [{ enabled: true, key_type: "AWS_OWNED_CMK", key_arn: null }],
      extended_s3_configuration: [
        {
          bucket_arn: object(bucket),
          role_arn: roleArn,
          prefix: "raw/",
          error_output_prefix: "raw-failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
          buffering_interval: 300,
          buffering_size: 128,
          compression_format: "GZIP",
          kms_key_arn: null,
          cloudwatch_logging_options: [
            { enabled: true, log_group_name: `/aws/kinesisfirehose/${name}`, log_stream_name: "DestinationDelivery" },
          ],
          dynamic_partitioning_configuration: [],
          processing_configuration: [],
        },
      ],
    });
    expect(planned(plan, "aws_cloudwatch_log_group.firehose")).toMatchObject({
      name: `/aws/kinesisfirehose/${name}`,
      retention_in_days: 365,
    });
  });

  it("reads a stream instead, which Firehose then does not encrypt a second time", () => {
    expect(deliveryStreamIn(whole)).toMatchObject({
      kinesis_source_configuration: [{ kinesis_stream_arn: source }],
      server_side_encryption: [],
      extended_s3_configuration: [
        {
          prefix: "logs/day=!{timestamp:yyyy-MM-dd}/",
          error_output_prefix: "!{firehose:error-output-type}/",
          buffering_interval: 900,
          buffering_size: 1,
          compression_format: "UNCOMPRESSED",
          kms_key_arn: key("objects"),
        },
      ],
    });
    expect(planned(whole, "aws_cloudwatch_log_group.firehose")).toMatchObject({
      kms_key_id: key("own"),
      retention_in_days: 30,
    });
  });

  it("says where its objects are, up to what changes with time", () => {
    expect(outputOf(plan, "objects_uri")).toBe(`s3://${bucket}/raw/`);
    expect(outputOf(plan, "failed_uri")).toBe(`s3://${bucket}/raw-failed/`);
    expect(outputOf(whole, "objects_uri")).toBe(`s3://${bucket}/logs/day=`);
    expect(outputOf(whole, "failed_uri")).toBe(`s3://${bucket}/`);
  });
});

describe("the role of Firehose", () => {
  const ofThisAccount = { StringEquals: { "s3:ResourceAccount": account } };
  const objects = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"];
  const logOf = (stream: string) =>
    `arn:aws:logs:${region}:${account}:log-group:/aws/kinesisfirehose/${stream}:log-stream:*`;
  const always = {
    WriteObjects: {
      Effect: "Allow",
      Action: objects,
      Resource: [object(`${bucket}/raw/*`), object(`${bucket}/raw-failed/*`)],
      Condition: ofThisAccount,
    },
    FindBucket: {
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      Resource: object(bucket),
      Condition: ofThisAccount,
    },
    LogErrors: {
      Effect: "Allow",
      Action: "logs:PutLogEvents",
      Resource: logOf(name),
    },
  };

  it("may write below the two prefixes and log errors, for Firehose of this account, and nothing else", () => {
    expect(statements(planned(plan, ROLE_POLICY).policy)).toEqual(always);
    expect(statements(planned(plan, ROLE).assume_role_policy)).toEqual({
      FirehoseOfThisAccount: {
        Effect: "Allow",
        Principal: { Service: "firehose.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": account } },
      },
    });
  });

  it("may also read a stream and use keys when these are given", () => {
    const all = [object(`${bucket}/logs/day=*`), object(`${bucket}/*`)];
    const viaService = (service: string) => ({ "kms:ViaService": `${service}.${region}.amazonaws.com` });
    expect(statements(planned(whole, ROLE_POLICY).policy)).toEqual({
      ...always,
      WriteObjects: { ...always.WriteObjects, Resource: all },
      LogErrors: { ...always.LogErrors, Resource: logOf(longName) },
      ReadSource: {
        Effect: "Allow",
        Action: ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
        Resource: source,
      },
      DecryptSource: {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: key("stream"),
        Condition: {
          StringEquals: viaService("kinesis"),
          StringLike: { "kms:EncryptionContext:aws:kinesis:arn": source },
        },
      },
      EncryptObjects: {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: key("objects"),
        Condition: {
          StringEquals: viaService("s3"),
          StringLike: { "kms:EncryptionContext:aws:s3:arn": [object(bucket), ...all] },
        },
      },
    });
    expect(planned(whole, ROLE)).toMatchObject({
      permissions_boundary: `arn:aws:iam::${account}:policy/boundary`,
    });
  });

  it("has a name that IAM takes, 64 characters at most, however long the delivery stream's is", () => {
    expect(planned(plan, ROLE).name).toBe(`${name}-${region}-firehose`);
    expect(planned(whole, ROLE).name).toMatch(new RegExp(`^s{29}-[0-9a-f]{10}-${region}-firehose$`));
  });

  it("is one that exists, which needs what the output says", () => {
    expect(addressesIn(reusing).filter((address) => address.startsWith("aws_iam"))).toEqual([]);
    expect(outputOf(reusing, "role_arn")).toBe(existing);
    expect(deliveryStreamIn(reusing)).toMatchObject({ extended_s3_configuration: [{ role_arn: existing }] });
    expect(statements(outputOf(reusing, "role_policy"))).toEqual(always);
  });
});

describe("the alarms", () => {
  const alarmsIn = (of: ModulePlan) =>
    of.resource_changes
      .filter(({ type }) => type === "aws_cloudwatch_metric_alarm")
      .map(({ index, change: { after } }) => [index, after.metric_name, after.statistic, after.threshold]);

  it("notify the topics of old and refused records and of failed deliveries", () => {
    expect(alarmsIn(reusing)).toEqual([
      ["data_freshness", "DeliveryToS3.DataFreshness", "Maximum", 900],
      ["intake", "ThrottledRecords", "Sum", 0],
      ["success", "DeliveryToS3.Success", "Average", 1],
    ]);
    expect(planned(reusing, 'aws_cloudwatch_metric_alarm.this["success"]')).toMatchObject({
      alarm_name: `${name}-success`,
      alarm_actions: [topic],
      ok_actions: [topic],
      namespace: "AWS/Firehose",
      dimensions: { DeliveryStreamName: name },
      comparison_operator: "LessThanThreshold",
      period: 300,
      evaluation_periods: 3,
      treat_missing_data: "notBreaching",
    });
  });

  it("wait twice as long as Firehose gathers records, and watch how far behind it reads a stream", () => {
    expect(alarmsIn(whole)).toEqual([
      ["data_freshness", "DeliveryToS3.DataFreshness", "Maximum", 1_800],
      ["intake", "KinesisMillisBehindLatest", "Maximum", 1_800_000],
      ["success", "DeliveryToS3.Success", "Average", 1],
    ]);
  });
});

describe("a producer", () => {
  it("may put records to the delivery stream, and nothing else", () => {
    expect(statements(outputOf(plan, "producer_policy"))).toEqual({
      PutRecords: {
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: `arn:aws:firehose:${region}:${account}:deliverystream/${name}`,
      },
    });
  });

  it("may put records to the source and have them encrypted by its key, and nothing else", () => {
    expect(statements(outputOf(whole, "producer_policy"))).toEqual({
      PutRecords: { Effect: "Allow", Action: ["kinesis:PutRecord", "kinesis:PutRecords"], Resource: source },
      EncryptRecords: {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: key("stream"),
        Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
      },
    });
  });
});
