export const KIB = 1024;
export const MIB = KIB ** 2;
/** What AWS bills as a GB. */
export const GIB = KIB ** 3;

/** Of a month, as AWS's pricing calculator counts it. */
export const HOURS = 730;
export const SECONDS = HOURS * 3_600;
export const DAYS = HOURS / 24;

/** Kinesis charges a record by units of this size, provisioned and on-demand; Firehose likewise (their pricing pages). */
export const PUT_UNIT = 25 * KIB;
export const ON_DEMAND_UNIT = KIB;
export const FIREHOSE_UNIT = 5 * KIB;

/** What a shard takes in a second (Kinesis Data Streams Developer Guide, Quotas and limits). */
export const SHARD = { bytes: MIB, records: 1_000 };
/** Shards that an on-demand stream begins with: 4 MB/s (the same page). */
export const ON_DEMAND_SHARDS = 4;

/** Memory of a full vCPU (Lambda Developer Guide, Configure Lambda function memory). */
export const VCPU_MIB = 1_769;

/** Objects below it stay where they are (Amazon S3 User Guide, Transitioning objects using Amazon S3 Lifecycle). */
export const SMALLEST_TRANSITION = 128 * KIB;
