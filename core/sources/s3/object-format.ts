import type { AccessLogSource } from "../../settings/access-log-sources";
import type { ParserChoice } from "../../settings/parser-choice";
import type { SourceObject } from "./source-object";

/** What the name of an object says about it. */
export type ObjectFormat =
  | { kind: "ignored"; reason: "empty" | "test file" | "digest" }
  | {
      kind: "logs";
      /** `auto`: the key does not say. */
      format: ParserChoice;
      /** Of the logs, not of the bucket: 12 digits. */
      account?: string;
      region?: string;
    };

interface KeyPattern {
  format: ParserChoice;
  pattern: RegExp;
}

const ACCOUNT = String.raw`(?<account>\d{12})`;
const REGION = String.raw`(?<region>[a-z]{2,8}(?:-[a-z]{2,12}){1,3}-\d{1,2})`;
/** CloudTrail of an organization has its id before the account's. */
const AWS_LOGS = `(?:^|/)AWSLogs/(?:o-[a-z0-9]{10,32}/)?${ACCOUNT}/`;
const HIVE_LOGS = `(?:^|/)AWSLogs/aws-account-id=${ACCOUNT}/`;
const DAY = String.raw`\d{4}/\d\d/\d\d/`;
const ELB_FOLDER = `${AWS_LOGS}elasticloadbalancing/${REGION}/${DAY}`;
const ELB_FILE = String.raw`\d{12}_elasticloadbalancing_[a-z0-9-]+_`;

const keyPattern = (format: ParserChoice, ...pattern: string[]): KeyPattern => ({
  format,
  pattern: new RegExp(pattern.join("")),
});

/**
 * Keys by which AWS delivers logs. The first pattern that matches decides. Sources:
 * - Elastic Load Balancing: "Access logs for your Application Load Balancer", "Connection logs …", "Health check logs …", "Access logs
 *   for your Network Load Balancer", "Access logs for your Classic Load Balancer"
 * - CloudTrail User Guide "Finding your CloudTrail log files"; Amazon VPC User Guide "Flow log files"
 * - AWS WAF Developer Guide "Amazon S3" (logging destinations); Route 53 Developer Guide "Amazon S3" (Resolver query logging)
 * - Network Firewall Developer Guide "Amazon Simple Storage Service"; CloudFront Developer Guide "Standard logging (legacy)", "(v2)"
 * - Amazon S3 User Guide "Logging requests with server access logging": "Log object key format"
 */
const PATTERNS: readonly KeyPattern[] = [
  keyPattern("alb_connection", ELB_FOLDER, "conn_log_", ELB_FILE),
  keyPattern("alb_health_check", ELB_FOLDER, "health_check_log_", ELB_FILE),
  keyPattern("alb_access", ELB_FOLDER, ELB_FILE, String.raw`app\.`),
  keyPattern("nlb_tls", ELB_FOLDER, ELB_FILE, String.raw`net\.`),
  keyPattern("elb_access", ELB_FOLDER, ELB_FILE, "[A-Za-z0-9-]+_"),
  keyPattern("cloudtrail", AWS_LOGS, `CloudTrail(?:-Insight|-NetworkActivity|-Aggregated)?/${REGION}/${DAY}`),
  keyPattern("vpc_flow", AWS_LOGS, `vpcflowlogs/${REGION}/${DAY}`),
  keyPattern("vpc_flow", HIVE_LOGS, `aws-service=vpcflowlogs/aws-region=${REGION}/year=`),
  keyPattern("waf", AWS_LOGS, `WAFLogs/(?:cloudfront|${REGION})/`),
  keyPattern("waf", `(?:^|/)${DAY}`, String.raw`\d\d/aws-waf-logs-[^/]+$`),
  keyPattern("route53_resolver", AWS_LOGS, "vpcdnsquerylogs/"),
  keyPattern("network_firewall", AWS_LOGS, `network-firewall/(?:flow|alert|tls)/${REGION}/`),
  keyPattern("cloudfront_access", AWS_LOGS, "CloudFront/"),
  keyPattern("cloudfront_access", HIVE_LOGS, "CloudFront/"),
  keyPattern(
    "cloudfront_access",
    String.raw`(?:^|[/.])E[A-Z0-9]{5,20}\.\d{4}(?:-\d\d){3}\.[A-Za-z0-9]{1,32}(?:\.gz)?$`,
  ),
  keyPattern("s3_access", `${ACCOUNT}/${REGION}/[^/]+/${DAY}`, String.raw`\d{4}(?:-\d\d){5}-[0-9A-F]{16}$`),
  keyPattern("s3_access", String.raw`\d{4}(?:-\d\d){5}-[0-9A-F]{16}$`),
];

/** Objects that services write to see whether they may. */
const TEST_FILE = /(?:^|\/)(?:ELB[A-Za-z]*TestFile|ConfigWritabilityCheckFile|AWSLogs\/aws-waf-logs-test-folder.*)$/;

/** Hashes of CloudTrail's files. */
const DIGEST = new RegExp(`${AWS_LOGS}CloudTrail-Digest/`);

/**
 * Returns what an object is by its name and size.
 *
 * @param format of its source; `auto`: by the key
 */
export function objectFormat({ key, size }: Pick<SourceObject, "key" | "size">, format: ParserChoice): ObjectFormat {
  if (size === 0 || (size === undefined && key.endsWith("/"))) return { kind: "ignored", reason: "empty" };
  if (TEST_FILE.test(key)) return { kind: "ignored", reason: "test file" };
  if (DIGEST.test(key)) return { kind: "ignored", reason: "digest" };
  for (const each of PATTERNS) {
    const match = each.pattern.exec(key);
    if (!match) continue;
    const { account, region } = match.groups ?? {};
    return {
      kind: "logs",
      format: format === "auto" ? each.format : format,
      ...(account && { account }),
      ...(region && { region }),
    };
  }
  return { kind: "logs", format };
}

/** Returns the source of an object: of those with its bucket, the one with the longest prefix. */
export function logSourceOf<Source extends Pick<AccessLogSource, "bucket" | "prefix">>(
  sources: readonly Source[],
  { bucket, key }: Pick<SourceObject, "bucket" | "key">,
): Source | undefined {
  return sources
    .filter((source) => source.bucket === bucket && key.startsWith(source.prefix))
    .reduce<Source | undefined>((a, b) => (a && a.prefix.length >= b.prefix.length ? a : b), undefined);
}
