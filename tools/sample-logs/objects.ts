import type { ParserName } from "../../core/settings/parser-names";
import { SAMPLE_LINES } from "./by-parser";
import { type FormatName, sampleLines } from "./index";
import { ACCOUNT, REGION } from "./values";

/** An object as AWS delivers access logs to S3, not compressed. */
export interface SampleObject {
  readonly key: string;
  readonly text: string;
}

const DAY = "2026/11/21";
const MINUTE = "20261121T0305Z";

const loadBalancer = (name: string): string =>
  `AWSLogs/${ACCOUNT}/elasticloadbalancing/${REGION}/${DAY}/${name.replace("#", `${ACCOUNT}_elasticloadbalancing_${REGION}`)}`;

const vended = (service: string, folders: string, source: string): string =>
  `AWSLogs/${ACCOUNT}/${service}/${folders}/${ACCOUNT}_${service}_${source}_${MINUTE}_0a1b2c3d.log.gz`;

/** Keys of the services' user guides, by the format of what is in the object. */
const KEYS = {
  alb_access: loadBalancer(`#_app.shop.50dc6c495c0c9188_${MINUTE}_10.0.0.9_1b2c3d4e.log.gz`),
  alb_connection: loadBalancer(`conn_log_#_app.shop.50dc6c495c0c9188_${MINUTE}_10.0.0.9_1b2c3d4e.log.gz`),
  alb_health_check: loadBalancer(`health_check_log_#_app.shop.50dc6c495c0c9188_${MINUTE}_10.0.0.9_1b2c3d4e.log.gz`),
  nlb_tls: loadBalancer(`#_net.shop.c6e77e28c25b2234_${MINUTE}_1b2c3d4e.log.gz`),
  elb_access: loadBalancer(`#_shop_${MINUTE}_10.0.0.9_1b2c3d4e.log`),
  cloudfront_access: "EDFDVBD6EXAMPLE.2026-11-21-03.1b2c3d4e.gz",
  s3_access: "2026-11-21-03-05-00-0123456789ABCDEF",
  vpc_flow: vended("vpcflowlogs", `${REGION}/${DAY}`, `${REGION}_fl-0123456789abcdef0`),
  cloudtrail: `AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/${DAY}/${ACCOUNT}_CloudTrail_${REGION}_${MINUTE}_0123456789abcdef.json.gz`,
  waf: vended("WAFLogs", `${REGION}/shop/${DAY}/03/05`, `${REGION}_shop`).replace("_WAFLogs_", "_waflogs_"),
  route53_resolver: `AWSLogs/${ACCOUNT}/vpcdnsquerylogs/vpc-0123456789abcdef0/${DAY}/vpc-0123456789abcdef0_vpcdnsquerylogs_${ACCOUNT}_${MINUTE}_0a1b2c3d.log.gz`,
  network_firewall: `AWSLogs/${ACCOUNT}/network-firewall/flow/${REGION}/shop/${DAY}/03/${ACCOUNT}_network-firewall_flow_${REGION}_shop_202611210305_0a1b2c3d.log.gz`,
} as const satisfies Partial<Record<ParserName, string>>;

/** A format that AWS delivers to S3. */
export type SampleObjectFormat = keyof typeof KEYS;

export const SAMPLE_OBJECT_FORMATS = Object.keys(KEYS) as SampleObjectFormat[];

/** The generator of a format's lines; of the others there are examples. */
const GENERATED: Readonly<Partial<Record<ParserName, FormatName>>> = {
  alb_access: "ALB access log",
  elb_access: "Classic Load Balancer access log",
  cloudfront_access: "CloudFront standard log",
  s3_access: "S3 server access log",
  vpc_flow: "VPC flow log",
  cloudtrail: "CloudTrail events",
  waf: "WAF log",
  route53_resolver: "Route 53 Resolver query log",
  network_firewall: "Network Firewall log",
  http_access: "Apache access log",
  postgresql: "RDS for PostgreSQL log",
};

/**
 * Lines that a parser knows: generated ones, header lines first, or else the examples of its documentation.
 *
 * @param count of the generated ones
 * @param seed as of `sampleLines`
 */
export function linesOfParser(parser: ParserName, count: number, seed?: number): string[] {
  const format = GENERATED[parser];
  return format === undefined ? [...SAMPLE_LINES[parser][0]!.lines] : sampleLines(format, count, seed);
}

/** The header of each object. Source: Amazon VPC User Guide, "Flow log files". */
const VPC_FLOW_HEADER =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

/**
 * Makes the object that AWS would deliver: under a key of the format's pattern, with the header lines that the format has.
 *
 * @param lines of the format; header lines of CloudFront, wherever they are, come first
 */
export function sampleObject(format: SampleObjectFormat, lines: readonly string[]): SampleObject {
  const key = KEYS[format];
  if (format === "cloudtrail") return { key, text: `{"Records":[${lines.join(",")}]}` };
  const isHeader = (line: string) => format === "cloudfront_access" && line.startsWith("#");
  const header = format === "vpc_flow" ? [VPC_FLOW_HEADER] : [...new Set(lines.filter(isHeader))];
  return { key, text: `${[...header, ...lines.filter((line) => !isHeader(line))].join("\n")}\n` };
}
