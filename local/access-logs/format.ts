import { PARSERS } from "../../core/parsers/parsers";
import type { ParserName } from "../../core/settings/parser-names";

/** Formats in which AWS writes objects. Those that are tried first begin like no other. */
export const OBJECT_FORMATS = [
  ...["alb_health_check", "alb_access", "alb_connection", "nlb_tls", "elb_access"],
  ...["cloudtrail", "waf", "network_firewall", "route53_resolver"],
  ...["s3_access", "cloudfront_access", "vpc_flow"],
] as const satisfies readonly ParserName[];

export type ObjectLogFormat = (typeof OBJECT_FORMATS)[number];

/** How files begin that name the fields of their lines, or hold one JSON document. */
const BEGINNINGS: readonly { readonly format: ObjectLogFormat; readonly pattern: RegExp }[] = [
  { format: "cloudfront_access", pattern: /^#(?:Version|Fields): / },
  // Amazon VPC User Guide "Flow log files": the fields by their names, of which every flow log has at least one.
  {
    format: "vpc_flow",
    pattern: /^(?:[a-z][a-z0-9-]* )*(?:version|account-id|interface-id|srcaddr)(?: [a-z][a-z0-9-]*)*\r?\n/,
  },
  { format: "cloudtrail", pattern: /^\s*\{\s*"Records"\s*:\s*\[/ },
];

/** How many lines are tried: a stranger may have written the first one. */
const TRIED_LINES = 20;

/**
 * Finds the format of access logs by how they begin: that whose parser knows most of the first lines.
 *
 * @returns undefined when no parser knows any
 */
export function formatOfText(head: string): ObjectLogFormat | undefined {
  const known = BEGINNINGS.find(({ pattern }) => pattern.test(head));
  if (known) return known.format;
  const lines = head
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .slice(0, TRIED_LINES);
  let best: { format: ObjectLogFormat; known: number } | undefined;
  for (const format of OBJECT_FORMATS) {
    const parse = PARSERS[format]({ fields: [] });
    const parsed = lines.filter((line) => parse(line) !== undefined).length;
    if (parsed > (best?.known ?? 0)) best = { format, known: parsed };
  }
  return best?.format;
}
