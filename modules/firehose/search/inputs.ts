import { FIREHOSE_TRANSFORM_ENVIRONMENT } from "../../../core/settings/firehose-transform";
import { functionOptions } from "../../inputs/function-options";
import { between, decimalBetween, matching, oneOf } from "../../inputs/rules";
import { field, number, type Props, required, string } from "../../inputs/schema";
import { pipelineInputs, runtimeOf } from "../../logging-pipeline/inputs";
import { acceptedText } from "../../logging-pipeline/inputs/environment";
import { eventRules } from "../../logging-pipeline/inputs/event-rules";
import { messageInputs } from "../../logging-pipeline/inputs/message-inputs";
import { vpcOf } from "../../logging-pipeline/inputs/vpc";
import { deliveryInputs } from "../inputs/delivery";
import {
  bufferingIntervalSeconds,
  bufferingSizeMib,
  compression,
  errorOutputPrefix,
  objectPrefix,
} from "../inputs/objects";
import { firehoseS3Inputs } from "../s3/inputs";

const ofSearch = "Amazon Data Firehose API Reference, AmazonopensearchserviceDestinationConfiguration";
const searchBufferingHints = "Amazon Data Firehose API Reference, AmazonopensearchserviceBufferingHints";
const transformation = "Amazon Data Firehose Developer Guide, Transform source data in Amazon Data Firehose";

const { PARSER, PARSER_FIELDS, TIME_FIELD, METRICS_NAMESPACE } = FIREHOSE_TRANSFORM_ENVIRONMENT;

/** Firehose calls a function for up to five minutes. */
const MAX_TIMEOUT_SECONDS = 300;

/** The inputs of Firehose to search: the source of Terraform's variables, the construct's props and the tables in docs. */
export const firehoseSearchInputs = {
  searchDomainArn: required(
    pipelineInputs.searchDomainArn.schema,
    "ARN of the OpenSearch Service domain of this account and region to deliver to, such as the pipeline's output `search_domain_arn`.",
  ),
  name: {
    ...pipelineInputs.name,
    description:
      "Name prefix of every resource, such as the delivery stream `<name>-firehose-search`. Unique per account and region.",
  },
  sourceStreamArn: deliveryInputs.sourceStreamArn,
  sourceKmsKeyArn: deliveryInputs.sourceKmsKeyArn,
  indexName: field(
    string(matching(/^[a-z0-9][a-z0-9._-]{0,79}$/, "1 to 80 of a-z 0-9 . _ -, the first a letter or digit", ofSearch)),
    "applications",
    "Index of the documents, before what `index_rotation_period` appends. The command `search setup --firehose-indices` puts its index template (docs/firehose.md).",
  ),
  indexRotationPeriod: field(
    string(oneOf(["NoRotation", "OneHour", "OneDay", "OneWeek", "OneMonth"], ofSearch)),
    "OneDay",
    "How often there is a new index, by the time at which records arrive: OneDay appends `-YYYY-MM-DD`.",
  ),
  documentIdFormat: field(
    string(oneOf(["FIREHOSE_DEFAULT", "NO_DOCUMENT_ID"], "Amazon Data Firehose API Reference, DocumentIdOptions")),
    "FIREHOSE_DEFAULT",
    "Who chooses the `_id`. FIREHOSE_DEFAULT: Firehose, the same each time that it tries. NO_DOCUMENT_ID: the domain, a new one each time, which indexes faster and more duplicates.",
  ),
  bufferingIntervalSeconds: field(
    number(between(0, 900, searchBufferingHints)),
    60,
    "Longest time that Firehose gathers documents for search, in seconds.",
  ),
  bufferingSizeMib: field(
    number(between(1, 100, searchBufferingHints)),
    1,
    "Size of the documents at which Firehose sends them to search earlier, in MiB. AWS advises more than arrives in 10 seconds.",
  ),
  retryDurationSeconds: field(
    number(between(0, 7_200, "Amazon Data Firehose API Reference, AmazonopensearchserviceRetryOptions")),
    7_200,
    "Time for which Firehose tries again to index documents, in seconds. Then it writes them to S3, below `error_output_prefix`.",
  ),
  s3BackupMode: field(
    string(oneOf(["AllDocuments", "FailedDocumentsOnly"], ofSearch)),
    "AllDocuments",
    "What S3 gets beside what failed. AllDocuments: every record as it came, before the function. FailedDocumentsOnly: nothing. A change replaces the delivery stream.",
  ),
  bucket: field(
    firehoseS3Inputs.bucket.schema,
    null,
    "Name of an existing bucket of the account. null: the bucket that log-archive creates for the same `name`, `<name>-archive-<account>-<region>`.",
  ),
  bucketKmsKeyArn: firehoseS3Inputs.bucketKmsKeyArn,
  s3BufferingIntervalSeconds: field(
    number(bufferingIntervalSeconds),
    300,
    "Longest time that Firehose gathers records for an object, in seconds.",
  ),
  s3BufferingSizeMib: field(
    number(bufferingSizeMib),
    128,
    "Size of the records, before compression, at which Firehose writes an object earlier, in MiB.",
  ),
  compression: field(string(compression), "gzip", "Compression of the objects."),
  prefix: field(
    string(...objectPrefix),
    "firehose/",
    "Beginning of the keys of all records. Firehose appends `YYYY/MM/dd/HH/`, in UTC, if it has no expression, such as `firehose/!{timestamp:yyyy-MM-dd}/`.",
  ),
  errorOutputPrefix: field(
    string(...errorOutputPrefix),
    "firehose-failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
    "Beginning of the keys of documents that could not be indexed, and of records that could not be transformed.",
  ),
  timeField: field(
    string(acceptedText(TIME_FIELD)),
    TIME_FIELD.default,
    "Field that holds a line's time. Empty: the first of `@timestamp`, `timestamp`, `Timestamp` and `time` that has one.",
  ),
  parser: field(
    string(oneOf(PARSER.values)),
    PARSER.default,
    "Format of lines that are not JSON, or of their messages, which a parser turns into fields. auto: by the message. none: they stay as they are.",
  ),
  parserFields: field(
    string(acceptedText(PARSER_FIELDS)),
    PARSER_FIELDS.default,
    "Names of the fields of a line, in their order, of a format whose fields are chosen. Empty: AWS's default.",
  ),
  ...messageInputs("message"),
  rules: field(
    eventRules,
    [],
    "Which lines are indexed, and what is redacted in them (docs/rules.md). **S3 has records as they came.** []: all, and nothing.",
  ),
  transformBufferingIntervalSeconds: field(
    number(between(0, 900, transformation)),
    10,
    "Longest time that Firehose gathers records for the function, in seconds, before it gathers documents for search.",
  ),
  transformBufferingSizeMib: field(
    number(decimalBetween(0.2, 3, transformation)),
    1,
    "Size of the records at which Firehose calls the function earlier, in MiB. 0.5 or less for lines of less than 100 bytes.",
  ),
  functionMemoryMib: {
    ...pipelineInputs.functionMemoryMib,
    default: 256,
    description: "Memory of the function, in MiB. Lambda allocates CPU in proportion.",
  },
  functionTimeoutSeconds: field(
    number(between(10, MAX_TIMEOUT_SECONDS, transformation)),
    60,
    "Timeout of an invocation, in seconds.",
  ),
  functionRuntime: runtimeOf("the function"),
  functionArchitecture: {
    ...pipelineInputs.functionArchitecture,
    description: "Instruction set architecture of the function. arm64 costs less.",
  },
  ...functionOptions,
  metricsNamespace: field(
    string(acceptedText(METRICS_NAMESPACE, "CloudWatch API Reference, PutMetricData")),
    null,
    "CloudWatch namespace of the function's metrics, which CloudWatch charges for. null: `<name>-firehose-search`. Empty: no metrics.",
  ),
  vpc: field(
    vpcOf({
      subnetIds:
        "subnets in which Firehose creates up to three network interfaces each, and from which the domain can be reached",
      securityGroupIds: "their security groups. They must let Firehose connect to the domain on port 443",
    }),
    null,
    "VPC of the domain. A change replaces the delivery stream. null: the domain is not in a VPC.",
  ),
  role: deliveryInputs.role,
  kmsKeyArn: {
    ...deliveryInputs.kmsKeyArn,
    description:
      "KMS key of both log groups, of the function's environment and, without `source_stream_arn`, of the records that wait in Firehose, such as the pipeline's output `kms_key_arn`. null: AWS's own encryption.",
  },
  logRetentionInDays: {
    ...deliveryInputs.logRetentionInDays,
    description: "Retention of the log groups of Firehose's errors and of the function, in days. 0: they never expire.",
  },
  alarmTopicArns: {
    ...deliveryInputs.alarmTopicArns,
    description:
      "SNS topics of this region that CloudWatch alarms notify: of old records, of failed deliveries and transformations, and of records that are refused. []: no alarms.",
  },
  tags: deliveryInputs.tags,
  permissionsBoundaryArn: deliveryInputs.permissionsBoundaryArn,
  enforceLambdaSourceAccount: pipelineInputs.enforceLambdaSourceAccount,
};

/** Props of {@link FirehoseSearch}. {@link firehoseSearchInputs} has the description, limits and default of each. */
export type FirehoseSearchProps = Props<typeof firehoseSearchInputs>;
