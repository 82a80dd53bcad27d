/** What each price is of, and the unit in which it is counted. A GB is 2^30 bytes, as AWS bills it; prices are in US dollars. */
export const PRICE_NAMES = {
  logs_ingested_gb: ["GB", "a GB that a log group of the class Standard ingests"],
  logs_stored_gb_month: ["GB-months", "a GB that log groups store, for a month"],
  logs_queried_gb: ["GB", "a GB that CloudWatch Logs Insights scans"],
  metric_month: ["metrics", "a custom metric, for a month"],
  alarm_metric_month: ["alarm metrics", "a metric of an alarm of standard resolution, for a month"],
  dashboard_month: ["dashboards", "a dashboard, for a month"],
  shard_hour: ["shard-hours", "a shard of a provisioned stream, for an hour"],
  put_unit_million: ["million units", "a million PUT payload units of 25 KB"],
  extended_shard_hour: ["shard-hours", "a shard that keeps records for more than 24 hours, for an hour"],
  long_term_gb_month: ["GB-months", "a GB that a stream keeps for more than 7 days, for a month"],
  consumer_shard_hour: ["consumer-shard-hours", "a shard of a consumer with enhanced fan-out, for an hour"],
  consumer_gb: ["GB", "a GB that a consumer with enhanced fan-out reads"],
  stream_hour: ["stream-hours", "an on-demand stream, for an hour"],
  stream_written_gb: ["GB", "a GB written to an on-demand stream, each record rounded up to 1 KB"],
  stream_read_gb: ["GB", "a GB read from an on-demand stream"],
  stream_consumer_gb: ["GB", "a GB that a consumer with enhanced fan-out reads from an on-demand stream"],
  stream_extended_gb_month: ["GB-months", "a GB that an on-demand stream keeps for more than 24 hours, for a month"],
  lambda_request_million: ["million invocations", "a million invocations"],
  lambda_arm_gb_second: ["GB-seconds", "a GB of a function's memory for a second, on arm64"],
  lambda_x86_gb_second: ["GB-seconds", "a GB of a function's memory for a second, on x86_64"],
  s3_standard_gb_month: ["GB-months", "a GB in S3 Standard, for a month"],
  s3_standard_ia_gb_month: ["GB-months", "a GB in S3 Standard-IA, for a month"],
  s3_glacier_ir_gb_month: ["GB-months", "a GB in S3 Glacier Instant Retrieval, for a month"],
  s3_intelligent_frequent_gb_month: [
    "GB-months",
    "a GB in the frequent access tier of S3 Intelligent-Tiering, for a month",
  ],
  s3_intelligent_infrequent_gb_month: [
    "GB-months",
    "a GB in the infrequent access tier of S3 Intelligent-Tiering, for a month",
  ],
  s3_intelligent_object_thousand: [
    "thousand objects",
    "1,000 objects that S3 Intelligent-Tiering monitors, for a month",
  ],
  s3_put_thousand: ["thousand requests", "1,000 PUTs into S3 Standard"],
  s3_get_thousand: ["thousand requests", "1,000 GETs from S3 Standard"],
  s3_standard_ia_transition_thousand: ["thousand transitions", "1,000 transitions of objects to S3 Standard-IA"],
  s3_glacier_ir_transition_thousand: [
    "thousand transitions",
    "1,000 transitions of objects to S3 Glacier Instant Retrieval",
  ],
  s3_intelligent_transition_thousand: [
    "thousand transitions",
    "1,000 transitions of objects to S3 Intelligent-Tiering",
  ],
  kms_key_month: ["keys", "a KMS key, for a month"],
  kms_request_ten_thousand: ["ten thousand requests", "10,000 requests to KMS"],
  secret_month: ["secrets", "a secret of Secrets Manager, for a month"],
  sqs_request_million: ["million requests", "a million requests to a standard queue"],
  firehose_gb: ["GB", "a GB that Firehose ingests by direct PUT, each record rounded up to 5 KB"],
  ingestion_ocu_hour: ["unit-hours", "a compute unit of OpenSearch Ingestion, for an hour"],
  transfer_internet_gb: ["GB", "a GB that leaves the region for the internet"],
  transfer_zone_gb: ["GB", "a GB that leaves or enters an Availability Zone"],
  search_gp3_gb_month: ["GB-months", "a GB of a gp3 volume of a domain, for a month"],
  search_gp2_gb_month: ["GB-months", "a GB of a gp2 volume of a domain, for a month"],
  search_io1_gb_month: ["GB-months", "a GB of an io1 volume of a domain, for a month"],
  search_standard_gb_month: ["GB-months", "a GB of a magnetic volume of a domain, for a month"],
  search_warm_gb_month: ["GB-months", "a GB of UltraWarm storage of a domain, for a month"],
} as const;

/** A price of {@link PRICE_NAMES}, or that of an instance type of OpenSearch Service for an hour. */
export type PriceName = keyof typeof PRICE_NAMES | SearchHour;
export type SearchHour = `search_hour/${string}`;

const SEARCH_HOUR = /^search_hour\/[a-z0-9]+\.[a-z0-9]+\.search$/;

export const isPriceName = (name: string): name is PriceName =>
  Object.hasOwn(PRICE_NAMES, name) || SEARCH_HOUR.test(name);

/** What a price is of, for a person. */
export const meaningOf = (name: PriceName): string =>
  Object.hasOwn(PRICE_NAMES, name)
    ? PRICE_NAMES[name as keyof typeof PRICE_NAMES][1]
    : `a node of the instance type ${name.slice("search_hour/".length)}, for an hour`;

/** The unit of a quantity at that price, in the plural. */
export const unitOf = (name: PriceName): string =>
  Object.hasOwn(PRICE_NAMES, name) ? PRICE_NAMES[name as keyof typeof PRICE_NAMES][0] : "node-hours";
