import { firehoseS3Inputs, firehoseSearchInputs } from "../../modules";
import {
  numbered,
  type RejectedInput,
  rejected,
  rejectedByPipelineAnd,
  rejectedFunctionOptions,
  rejectedVpcs,
  WRONG_FIELDS,
  WRONG_RULE_LISTS,
  withoutRequired,
} from "./rejected-inputs";

/** What has no default. */
export const REQUIRED_BY_FIREHOSE_S3 = { stream_name: "shop-logs", bucket: "logs-of-the-shop" };

export const REQUIRED_BY_FIREHOSE_SEARCH = {
  search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/logs",
};

const STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/applications";
const key = "arn:aws:kms:eu-west-1:123456789012:key/stream";
const long = `${"x".repeat(1_024)}/`;
const ERROR_TYPE = "!{firehose:error-output-type}";

const PREFIXES: readonly RejectedInput[] = [
  rejected({ prefix: "raw/*" }, 'prefix = "raw/*": allowed is letters, digits and . _ - = /'),
  rejected({ prefix: long }, `prefix = "${long}": allowed is 0 to 1,024 characters`),
  rejected({ error_output_prefix: "failed/" }, 'error_output_prefix = "failed/": allowed is letters'),
  rejected(
    { error_output_prefix: long + ERROR_TYPE },
    `error_output_prefix = "${long}${ERROR_TYPE}": allowed is 0 to 1,024`,
  ),
];

/** Of inputs that every delivery stream has. */
const ofDelivery: readonly RejectedInput[] = [
  ...PREFIXES,
  rejected({ role: "a b" }, 'role = "a b": allowed is the name of a role, or its ARN'),
  rejected(
    { source_stream_arn: "arn:aws:kinesis:eu-central-1:123456789012:applications" },
    'source_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:applications": allowed is an ARN such as',
  ),
  rejected(
    { source_kms_key_arn: "key", source_stream_arn: STREAM },
    'source_kms_key_arn = "key": allowed is an ARN such as',
  ),
  rejected({ kms_key_arn: "key" }, 'kms_key_arn = "key": allowed is an ARN such as'),
  rejected({ log_retention_in_days: 2 }, "log_retention_in_days = 2: allowed is one of 0, 1, 3"),
  rejected(
    { alarm_topic_arns: ["topic", null, ...numbered(4, "arn:aws:sns:eu-central-1:123456789012:t")] },
    "alarm_topic_arns = [",
    'alarm_topic_arns[0] = "topic": allowed is an ARN such as',
    "alarm_topic_arns[1] = null: allowed is a value, not null",
  ),
];

/** Breaks each rule about one of the inputs of Firehose to S3. */
export const rejectedByFirehoseS3: readonly RejectedInput[] = [
  ...rejectedByPipelineAnd(firehoseS3Inputs),
  ...withoutRequired(firehoseS3Inputs),
  ...ofDelivery,
  rejected({ stream_name: "shop logs" }, 'stream_name = "shop logs": allowed is 1 to 64 letters, digits and . _ -'),
  rejected({ bucket: "Logs" }, 'bucket = "Logs": allowed is 3 to 63 lower-case letters'),
  rejected({ account_id: "1234" }, 'account_id = "1234": allowed is 12 digits'),
  rejected(
    { buffering_interval_seconds: 901 },
    "buffering_interval_seconds = 901: allowed is a whole number from 0 to 900",
  ),
  rejected({ buffering_size_mib: 129 }, "buffering_size_mib = 129: allowed is a whole number from 1 to 128"),
  rejected({ compression: "GZIP" }, 'compression = "GZIP": allowed is one of gzip, snappy, hadoop-snappy, zip, none'),
  rejected({ bucket_kms_key_arn: "key" }, 'bucket_kms_key_arn = "key": allowed is an ARN such as'),
];

/** A key of the stream that is not given. */
export const withoutSource: RejectedInput = rejected(
  { source_kms_key_arn: key },
  `source_kms_key_arn = "${key}": allowed is null without source_stream_arn`,
);

/** ARNs of every delivery stream that belong to another account or region, where AWS takes none of them. */
const OTHERS = {
  role: "arn:aws:iam::210987654321:role/firehose",
  permissions_boundary_arn: "arn:aws:iam::210987654321:policy/boundary",
  bucket_kms_key_arn: "arn:aws:kms:eu-west-1:123456789012:key/objects",
  kms_key_arn: "arn:aws:kms:eu-west-1:210987654321:key/own",
  // A topic and a key of another account may be used.
  alarm_topic_arns: ["arn:aws:sns:eu-west-1:123456789012:alarms", "arn:aws:sns:eu-central-1:210987654321:alarms"],
  source_kms_key_arn: "arn:aws:kms:eu-central-1:210987654321:key/stream",
};

const othersAtPlan = [
  'role = "arn:aws:iam::210987654321:role/firehose": allowed is a role of account 123456789012',
  'permissions_boundary_arn = "arn:aws:iam::210987654321:policy/boundary": allowed is a policy of account 123456789012',
  'bucket_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/objects": allowed is a key in eu-central-1',
  'kms_key_arn = "arn:aws:kms:eu-west-1:210987654321:key/own": allowed is a key in eu-central-1',
  'alarm_topic_arns = "arn:aws:sns:eu-west-1:123456789012:alarms": allowed is topics in eu-central-1',
];

const otherSource = "arn:aws:kinesis:eu-central-1:210987654321:stream/applications";

/** Breaks each rule of a plan for Firehose to S3, all at once. */
export const rejectedTogetherByFirehoseS3: RejectedInput = {
  given: { ...REQUIRED_BY_FIREHOSE_S3, ...OTHERS, source_stream_arn: otherSource, account_id: "210987654321" },
  messages: [],
  messagesOfPlan: [
    ...othersAtPlan,
    `source_stream_arn = "${otherSource}": allowed is a stream of account 123456789012 in eu-central-1`,
    'account_id = "210987654321": allowed is the account of the provider\'s credentials, 123456789012.',
  ],
};

/** Breaks each rule about one of the inputs of Firehose to search. */
export const rejectedByFirehoseSearch: readonly RejectedInput[] = [
  ...rejectedByPipelineAnd(firehoseSearchInputs, "function_timeout_seconds", "vpc"),
  ...withoutRequired(firehoseSearchInputs),
  ...ofDelivery,
  ...WRONG_RULE_LISTS.map(([rules, errors]) => rejected({ rules }, ...errors.map((error) => `rules${error}`))),
  ...WRONG_FIELDS.map(([fields, errors]) => rejected({ fields }, ...errors.map((error) => `fields${error}`))),
  rejected({ index_name: "Shop" }, 'index_name = "Shop": allowed is 1 to 80 of a-z 0-9 . _ -'),
  rejected({ index_rotation_period: "day" }, 'index_rotation_period = "day": allowed is one of NoRotation, OneHour'),
  rejected({ document_id_format: "uuid" }, 'document_id_format = "uuid": allowed is one of FIREHOSE_DEFAULT, NO_'),
  rejected(
    { buffering_interval_seconds: 901 },
    "buffering_interval_seconds = 901: allowed is a whole number from 0 to 900",
  ),
  rejected({ buffering_size_mib: 101 }, "buffering_size_mib = 101: allowed is a whole number from 1 to 100"),
  rejected(
    { retry_duration_seconds: 7_201 },
    "retry_duration_seconds = 7201: allowed is a whole number from 0 to 7,200",
  ),
  rejected({ s3_backup_mode: "none" }, 's3_backup_mode = "none": allowed is one of AllDocuments, FailedDocumentsOnly'),
  rejected({ bucket: "Logs" }, 'bucket = "Logs": allowed is 3 to 63 lower-case letters'),
  rejected({ bucket_kms_key_arn: "key" }, 'bucket_kms_key_arn = "key": allowed is an ARN such as'),
  rejected(
    { s3_buffering_interval_seconds: 901 },
    "s3_buffering_interval_seconds = 901: allowed is a whole number from 0 to 900",
  ),
  rejected({ s3_buffering_size_mib: 129 }, "s3_buffering_size_mib = 129: allowed is a whole number from 1 to 128"),
  rejected({ compression: "lz4" }, 'compression = "lz4": allowed is one of gzip, snappy, hadoop-snappy, zip, none'),
  rejected({ time_field: "a b" }, 'time_field = "a b"'),
  rejected({ parser: "nginx" }, 'parser = "nginx": allowed is one of none, auto'),
  rejected({ parser_fields: "a  b" }, 'parser_fields = "a  b": allowed is nothing, or up to 2,000 characters'),
  rejected(
    { transform_buffering_interval_seconds: 901 },
    "transform_buffering_interval_seconds = 901: allowed is a whole number from 0 to 900",
  ),
  rejected(
    { transform_buffering_size_mib: 0.1 },
    "transform_buffering_size_mib = 0.1: allowed is a number from 0.2 to 3",
  ),
  rejected(
    { function_timeout_seconds: 301 },
    "function_timeout_seconds = 301: allowed is a whole number from 10 to 300",
  ),
  ...rejectedVpcs,
];

/** Breaks each rule between the inputs of Firehose to search, all at once. */
export const rejectedTogetherByFirehoseSearch: RejectedInput = {
  given: {
    ...OTHERS,
    ...withoutSource.given,
    ...rejectedFunctionOptions.given,
    search_domain_arn: "arn:aws:es:eu-west-1:123456789012:domain/logs",
    parser_fields: "x".repeat(1_500),
    keep_message: false,
    rules: numbered(4, "x".repeat(420)).map((pattern) => ({ action: "drop", pattern })),
    fields: Object.fromEntries(["a", "b", "c"].map((name) => [name, { from: "b", pattern: "x".repeat(480) }])),
  },
  messages: [
    ...withoutSource.messages,
    'parser_fields = {"parser":"none","parser_fields":"xxx',
    'parser = {"event_original":false,"keep_message":false,"parser":"none"}: allowed is keep_message true and',
    ...rejectedFunctionOptions.messages,
  ],
  messagesOfPlan: [
    'rules = {"EXTRACT_FIELDS":',
    ...othersAtPlan,
    `source_kms_key_arn = "${key}": allowed is a key in eu-central-1`,
    'search_domain_arn = "arn:aws:es:eu-west-1:123456789012:domain/logs": allowed is a domain of account 123456789012 in eu-central-1',
  ],
};
