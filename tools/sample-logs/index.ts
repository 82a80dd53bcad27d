import { Random } from "../random";
import { alb } from "./alb";
import { applicationJson } from "./application-json";
import { applicationText } from "./application-text";
import { cloudfront } from "./cloudfront";
import { cloudtrail } from "./cloudtrail";
import { apacheAccess, nginxAccess } from "./combined";
import { elb } from "./elb";
import type { Format } from "./format";
import { networkFirewall } from "./network-firewall";
import { rdsPostgresql } from "./rds-postgresql";
import { route53Resolver } from "./route53-resolver";
import { s3Access } from "./s3-access";
import { vpcFlow } from "./vpc-flow";
import { waf } from "./waf";

/** Formats that tests and benchmarks use. */
export const FORMATS = {
  "Apache access log": apacheAccess,
  "nginx access log": nginxAccess,
  "ALB access log": alb,
  "Classic Load Balancer access log": elb,
  "CloudFront standard log": cloudfront,
  "S3 server access log": s3Access,
  "VPC flow log": vpcFlow,
  "RDS for PostgreSQL log": rdsPostgresql,
  "CloudTrail events": cloudtrail,
  "WAF log": waf,
  "Route 53 Resolver query log": route53Resolver,
  "Network Firewall log": networkFirewall,
  "application log (JSON)": applicationJson,
  "application log (text)": applicationText,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** Time of the first event. */
const START = Date.parse("2026-11-21T03:00:00Z");
const MAX_GAP_MS = 3_000;

/**
 * Generates messages of a format, header lines first; deterministic.
 *
 * @param count number of events, without header lines
 * @param seed an integer, 0 to 2^32 - 1. @default 1
 */
export function sampleLines(name: FormatName, count: number, seed = 1): string[] {
  const { header = [], line }: Format = FORMATS[name];
  const random = new Random(seed);
  let time = START;
  const lines = Array.from({ length: count }, () => {
    time += random.integer(0, MAX_GAP_MS);
    return line({ random, time: new Date(time) });
  });
  return [...header, ...lines];
}
