import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { objectFormat } from "../../core/sources/s3/object-format";
import { ACCOUNT_ID, emulatedAccount } from "../aws/account";
import type { ObjectLogFormat } from "./format";

const { AWS_REGION: REGION } = emulatedAccount;

interface KeyParts {
  /** `2026/11/26` */
  readonly day: string;
  /** `20261126T2355Z` */
  readonly minute: string;
  /** ISO 8601, of the minute's second. */
  readonly iso: string;
  /** 32 hexadecimal digits. */
  readonly unique: string;
  readonly isGzip: boolean;
}

const logs = (service: string, parts: KeyParts): string => `AWSLogs/${ACCOUNT_ID}/${service}/${REGION}/${parts.day}/`;

const balancer = (before: string, name: string) => (parts: KeyParts) => {
  const { minute, unique, isGzip } = parts;
  const file = `${before}${ACCOUNT_ID}_elasticloadbalancing_${REGION}_${name}_${minute}_192.0.2.1_${unique.slice(0, 8)}`;
  return `${logs("elasticloadbalancing", parts)}${file}.log${isGzip ? ".gz" : ""}`;
};

const file = ({ minute, unique, isGzip }: KeyParts, name: string, suffix = "log"): string =>
  `${name}_${minute}_${unique.slice(0, 8)}.${suffix}${isGzip ? ".gz" : ""}`;

/** Keys as AWS gives them. Sources: those of `objectFormat`, which recognizes them. */
const KEYS: Readonly<Record<ObjectLogFormat, (parts: KeyParts) => string>> = {
  alb_access: balancer("", "app.local.50dc6c495c0c9188"),
  alb_connection: balancer("conn_log_", "app.local.50dc6c495c0c9188"),
  alb_health_check: balancer("health_check_log_", "app.local.50dc6c495c0c9188"),
  nlb_tls: balancer("", "net.local.50dc6c495c0c9188"),
  elb_access: balancer("", "local"),
  cloudtrail: (parts) => logs("CloudTrail", parts) + file(parts, `${ACCOUNT_ID}_CloudTrail_${REGION}`, "json"),
  vpc_flow: (parts) => logs("vpcflowlogs", parts) + file(parts, `${ACCOUNT_ID}_vpcflowlogs_${REGION}_fl-1234abcd`),
  waf: (parts) =>
    `AWSLogs/${ACCOUNT_ID}/WAFLogs/${REGION}/local/${parts.day}/${file(parts, `${ACCOUNT_ID}_waflogs_${REGION}_local`)}`,
  route53_resolver: (parts) =>
    `AWSLogs/${ACCOUNT_ID}/vpcdnsquerylogs/vpc-1234abcd/${parts.day}/${file(parts, `vpc-1234abcd_vpcdnsquerylogs_${ACCOUNT_ID}`)}`,
  network_firewall: (parts) =>
    `AWSLogs/${ACCOUNT_ID}/network-firewall/flow/${REGION}/local/${parts.day}/${file(parts, `${ACCOUNT_ID}_network-firewall_flow_${REGION}_local`)}`,
  cloudfront_access: ({ iso, unique, isGzip }) =>
    `E1LOCAL2EXAMPLE.${iso.slice(0, 13).replace("T", "-")}.${unique.slice(0, 8)}${isGzip ? ".gz" : ""}`,
  s3_access: ({ iso, unique }) => `${iso.slice(0, 19).replace(/[T:]/g, "-")}-${unique.slice(0, 16).toUpperCase()}`,
};

/** The file that becomes an object. */
export interface KeyedFile {
  /** With the system's separators or slashes. */
  readonly path: string;
  /** When it was written, in milliseconds since the epoch: the same key each time that it is put. */
  readonly modified: number;
  readonly isGzip: boolean;
  /** By its content. @default it does not say */
  readonly format: ObjectLogFormat | undefined;
}

/**
 * Returns the key under which AWS would have put a file: the end of its path if that is such a key, as after `aws s3 sync`; else one
 * of its format. A file without a format keeps its name.
 */
export function awsKeyOf({ path, modified, isGzip, format }: KeyedFile): string {
  const segments = path.split(/[\\/]/).filter((segment) => segment !== "");
  const own = ownKey(segments, format);
  if (own !== undefined) return own;
  if (!format) return `other/${segments.at(-1)}`;
  const iso = new Date(modified).toISOString();
  const unique = createHash("sha256").update(segments.join("/")).digest("hex").slice(0, 32);
  const minute = `${iso.slice(0, 16).replace(/[-:]/g, "")}Z`;
  return KEYS[format]({ day: iso.slice(0, 10).replaceAll("-", "/"), minute, iso, unique, isGzip });
}

/** The shortest end of a path that says as much as the whole of it, if that is what the content says, too. */
function ownKey(segments: readonly string[], format: ObjectLogFormat | undefined): string | undefined {
  const said = (key: string) => objectFormat({ key, size: 1 }, "auto");
  const whole = said(segments.join("/"));
  if (whole.kind === "logs" && (whole.format === "auto" || (format && whole.format !== format))) return undefined;
  const ends = segments.map((_, n) => segments.slice(n).join("/")).reverse();
  return ends.find((end) => isDeepStrictEqual(said(end), whole));
}
