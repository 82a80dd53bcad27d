import type { ParserName } from "../settings/parser-names";

/**
 * Names that AWS gives or requires, and the format of what AWS writes there.
 *
 * Sources: AWS WAF "Sending web ACL traffic logs to CloudWatch Logs" (the log group's name has to begin with `aws-waf-logs-`);
 * CloudTrail "CloudWatch log group and log stream naming for CloudTrail"; API Gateway "CloudWatch log formats for API Gateway";
 * RDS "Publishing database logs to Amazon CloudWatch Logs"; VPC "Flow log records in CloudWatch Logs" (a stream for each network
 * interface, `<id>-all`, `-accept` or `-reject`); Network Firewall "Sending logs to CloudWatch Logs" (`/aws/network-firewall/<log
 * type>/<firewall>_<hour>`).
 */
const LOG_GROUPS: readonly (readonly [RegExp, ParserName])[] = [
  [/^aws-waf-logs-/, "waf"],
  [/^(aws-cloudtrail-logs-|CloudTrail\/)/, "cloudtrail"],
  [/^API-Gateway-Execution-Logs_/, "apigateway_execution"],
  [/^\/aws\/rds\/(instance|cluster)\/[^/]+\/postgresql$/, "postgresql"],
  [/^\/aws\/rds\/(instance|cluster)\/[^/]+\/error$/, "mysql_error"],
  [/^\/aws\/rds\/(instance|cluster)\/[^/]+\/slowquery$/, "mysql_slow"],
];

const LOG_STREAMS: readonly (readonly [RegExp, ParserName])[] = [
  [/^(o-[a-z0-9]+_)?\d{12}_CloudTrail_[a-z]/, "cloudtrail"],
  [/^eni-[0-9a-f]+-(all|accept|reject)$/, "vpc_flow"],
  [/^\/aws\/network-firewall\/(alert|flow|tls)\//, "network_firewall"],
];

/** Returns the format of a log stream that has one of AWS's own names. */
export function parserNameOf(logGroup: string, logStream: string): ParserName | undefined {
  const ofName = (names: typeof LOG_GROUPS, name: string) => names.find(([pattern]) => pattern.test(name))?.[1];
  return ofName(LOG_GROUPS, logGroup) ?? ofName(LOG_STREAMS, logStream);
}
