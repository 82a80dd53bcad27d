import { GIB, KIB } from "../../cost/model/units";
import type { PriceName } from "../../cost/prices/price-names";
import { REGIONS } from "../../cost/prices/regions";

const priceOf = (name: PriceName): number => REGIONS.get("us-east-1")!.prices.get(name)!.usd;

/**
 * List prices of us-east-1, in US dollars: those of cost/prices/us-east-1.json, which has their sources, and of on-demand advantage,
 * as of November 2026. docs/unverified.md says which of them are not read on AWS's own pages.
 */
export const PRICES = {
  shardHour: priceOf("shard_hour"),
  /** Of up to 25 KB of a record. */
  putUnit: priceOf("put_unit_million") / 1e6,
  onDemandHour: priceOf("stream_hour"),
  onDemandIn: priceOf("stream_written_gb") / GIB,
  onDemandOut: priceOf("stream_read_gb") / GIB,
  advantageIn: 0.032 / GIB,
  advantageOut: 0.016 / GIB,
  firehose: priceOf("firehose_gb") / GIB,
  s3Month: priceOf("s3_standard_gb_month") / GIB,
  s3Put: priceOf("s3_put_thousand") / 1e3,
  lambdaRequest: priceOf("lambda_request_million") / 1e6,
  /** Of a GB of memory, for a second. */
  lambdaGibSecond: priceOf("lambda_arm_gb_second"),
  logsIngested: priceOf("logs_ingested_gb") / GIB,
};

/** What on-demand advantage charges for in any case, in and out: bytes a second of all streams of the account in a region. */
export const ADVANTAGE_MINIMUM = 25 * KIB * KIB;
