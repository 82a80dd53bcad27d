import { accessLogsInputs } from "../../modules";
import {
  numbered,
  type RejectedInput,
  rejected,
  rejectedByPipelineAnd,
  rejectedRequests,
  rejectedVpcs,
  WRONG_FIELDS,
  WRONG_RULE_LISTS,
  withoutRequired,
} from "./rejected-inputs";

const bucket = "lb-logs";

/** What has no default. */
export const REQUIRED_BY_ACCESS_LOGS = {
  sources: { alb: { bucket, notification: "queue" } },
  search_endpoint: "https://search.example.com",
};

/** Of another region. */
const OTHER_TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms";

/** Breaks each rule about one of the inputs of access logs. */
export const rejectedByAccessLogs: readonly RejectedInput[] = [
  ...rejectedByPipelineAnd(accessLogsInputs, "batch_size", "vpc", "alarms"),
  ...withoutRequired(accessLogsInputs),
  ...WRONG_RULE_LISTS.map(([rules, errors]) => rejected({ rules }, ...errors.map((error) => `rules${error}`))),
  ...WRONG_FIELDS.map(([fields, errors]) => rejected({ fields }, ...errors.map((error) => `fields${error}`))),
  rejected({ sources: {} }, "sources = {}: allowed is 1 to 100 sources"),
  rejected(
    {
      sources: {
        "a b": { bucket, notification: "none" },
        none: null,
        foo: {
          bucket: "B",
          notification: "sns",
          prefix: "alb*",
          format: "nginx",
          index: "Apps",
          parser_fields: "srcaddr  dstaddr",
          bucket_account_id: "1234",
          kms_key_arn: "alias/logs",
        },
        bar: { bucket, notification: "none", prefix: `${"x".repeat(512)}/`, format: "waf", parser_fields: "a" },
      },
    },
    'sources["a b"]: allowed is 1 to 64 of a-z 0-9 _ -',
    'sources["none"] = null: allowed is a value, not null',
    'sources["foo"].bucket = "B": allowed is a bucket name',
    'sources["foo"].notification = "sns": allowed is one of queue, eventbridge, none',
    'sources["foo"].prefix = "alb*": allowed is nothing, or up to 512 letters, digits and . _ - = /',
    'sources["foo"].format = "nginx": allowed is one of none, auto',
    'sources["foo"].index = "Apps": allowed is 1 to 100 of a-z',
    'sources["foo"].parser_fields = "srcaddr  dstaddr": allowed is nothing, or up to 2,000 characters',
    'sources["foo"].bucket_account_id = "1234": allowed is 12 digits',
    'sources["foo"].kms_key_arn = "alias/logs": allowed is an ARN such as',
    'sources["bar"].prefix = "xxx',
    'sources["bar"] = {"format":"waf","parser_fields":"a"}',
  ),
  rejected(
    { topic_arns: ["topic", null, ...numbered(10, "arn:aws:sns:eu-central-1:123456789012:t")] },
    "topic_arns = [",
    'topic_arns[0] = "topic": allowed is an ARN such as',
    "topic_arns[1] = null: allowed is a value, not null",
  ),
  rejected({ batch_size: 11 }, "batch_size = 11: allowed is a whole number from 1 to 10 (Lambda"),
  rejected({ maximum_concurrency: 1 }, "maximum_concurrency = 1: allowed is a whole number from 2 to 1,000"),
  rejected(
    { reserved_concurrent_executions: 1 },
    "reserved_concurrent_executions = 1: allowed is a whole number from 2",
  ),
  rejected({ max_receive_count: 4 }, "max_receive_count = 4: allowed is a whole number from 5 to 1,000"),
  rejected({ message_retention_days: 14 }, "message_retention_days = 14: allowed is a whole number from 1 to 13"),
  rejected({ kms_key_arn: "key" }, 'kms_key_arn = "key": allowed is an ARN such as'),
  rejected({ queue_kms_key_arn: "alias/aws/sqs" }, 'queue_kms_key_arn = "alias/aws/sqs": allowed is an ARN such as'),
  rejected(
    {
      alarms: {
        ...{ actions: [], ok_actions: ["topic", null, ...numbered(4, OTHER_TOPIC)] },
        ...{ queue_age_minutes: 18_720, failing_minutes: 7, quarantined_events: -1 },
      },
    },
    "alarms.actions = []: allowed is 1 to 5 topics",
    "alarms.ok_actions = [",
    'alarms.ok_actions[0] = "topic": allowed is an ARN such as',
    "alarms.ok_actions[1] = null: allowed is a value, not null",
    "alarms.queue_age_minutes = 18720: allowed is a whole number from 1 to 18,719",
    "alarms.failing_minutes = 7: allowed is a multiple of 5 from 5 to 1,440",
    "alarms.quarantined_events = -1: allowed is a whole number from 0",
  ),
  rejected(
    { alarms: { actions: ["topic", null] } },
    'alarms.actions[0] = "topic": allowed is an ARN such as',
    "alarms.actions[1] = null: allowed is a value, not null",
  ),
  ...rejectedVpcs,
];

const UNPARSED = { notification: "none", format: "none" };

/** Breaks each rule between the inputs of access logs, all at once. */
export const rejectedTogetherByAccessLogs: RejectedInput = {
  given: {
    search_endpoint: "https://search-logs-abc.EU-central-1.es.amazonaws.com",
    search_domain_arn: "arn:aws:es:us-east-1:123456789012:domain/logs",
    search_region: "eu-west-1",
    ...rejectedRequests.given,
    reserved_concurrent_executions: 9,
    sources: {
      loop: { ...UNPARSED, bucket: "logging-pipeline-archive-123456789012-eu-central-1" },
      one: { ...UNPARSED, bucket: "twice", prefix: "AWSLogs/" },
      two: { ...UNPARSED, bucket: "twice", prefix: "AWSLogs/" },
      wiped: { ...UNPARSED, bucket: "mixed", notification: "queue", prefix: "alb/" },
      kept: { ...UNPARSED, bucket: "mixed", notification: "eventbridge", prefix: "nlb/" },
      theirs: { ...UNPARSED, bucket: "theirs", notification: "queue", bucket_account_id: "210987654321" },
    },
    metrics_namespace: "",
    archive_kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/archive",
    alarms: { actions: [OTHER_TOPIC], queue_age_minutes: 5_760 },
    keep_message: false,
    event_original: true,
    rules: numbered(4, "x".repeat(420)).map((pattern) => ({ action: "drop", pattern })),
    fields: Object.fromEntries(["a", "b", "c"].map((name) => [name, { from: "b", pattern: "x".repeat(480) }])),
  },
  messages: [
    "alarms.queue_age_minutes = 5760: allowed is less than message_retention_days",
    'metrics_namespace = "": allowed is any but an empty one when alarms are given',
    'search_domain_arn = "arn:aws:es:us-east-1:123456789012:domain/logs": allowed is the ARN of a domain in the region',
    'search_region = "eu-west-1": allowed is the region that the host of search_endpoint names, or null',
    'search_region = "eu-west-1": allowed is the region in search_domain_arn, or null',
    'sources = "loop": allowed is any bucket but the archive bucket',
    'sources = "one", "two": allowed is sources of which no two have the same bucket and prefix',
    'sources = "kept", "wiped": allowed is the same notification and bucket_account_id for all sources of a bucket',
    'sources = "theirs": allowed is notification "eventbridge" or "none" where bucket_account_id is given',
    "keep_message = false: allowed is true where every source has the format none",
    "event_original = true: allowed is false where every source has the format none",
    "reserved_concurrent_executions = 9: allowed is at least maximum_concurrency",
    ...rejectedRequests.messages,
  ],
  messagesOfPlan: [
    'sources = {"ACCESS_LOG_SOURCES":',
    `alarms.actions = "${OTHER_TOPIC}": allowed is topics in eu-central-1`,
    'archive_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/archive": allowed is a key in eu-central-1',
  ],
};
