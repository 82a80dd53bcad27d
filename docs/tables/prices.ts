export const KIB = 1024;
export const GIB = KIB ** 3;

/** Of a month. */
export const HOURS = 730;
export const SECONDS = HOURS * 3600;

/**
 * List prices of us-east-1, in US dollars, as of November 2026.
 *
 * Sources: Amazon Kinesis Data Streams pricing; Amazon Data Firehose pricing (up to 500 TB a month; "ingestion"); Amazon S3 pricing
 * (S3 Standard, first 50 TB); AWS Lambda pricing (Arm); Amazon CloudWatch pricing (Logs, Collect: Standard). docs/unverified.md says
 * which of them are not read on these pages themselves.
 */
export const PRICES = {
  shardHour: 0.015,
  /** Of up to 25 KB of a record. */
  putUnit: 0.014 / 1e6,
  onDemandHour: 0.04,
  onDemandIn: 0.08 / GIB,
  onDemandOut: 0.04 / GIB,
  advantageIn: 0.032 / GIB,
  advantageOut: 0.016 / GIB,
  firehose: 0.029 / GIB,
  s3Month: 0.023 / GIB,
  s3Put: 0.005 / 1e3,
  lambdaRequest: 0.2 / 1e6,
  /** Of a GB of memory, for a second. */
  lambdaGibSecond: 0.0000133334,
  logsIngested: 0.5 / GIB,
};

/** What on-demand advantage charges for in any case, in and out: bytes a second of all streams of the account in a region. */
export const ADVANTAGE_MINIMUM = 25 * KIB * KIB;

export const PUT_UNIT = 25 * KIB;
/** Firehose rounds each record up to a multiple, and an on-demand stream to one of 1 KB. */
export const FIREHOSE_UNIT = 5 * KIB;
export const ON_DEMAND_UNIT = KIB;

/** What a shard takes in a second. Source: Kinesis Data Streams developer guide, "Quotas and limits". */
export const SHARD = { bytes: 1024 * KIB, records: 1000 };
