import type { ParserName } from "../settings/parser-names";
import { parseAlbAccess } from "./alb-access";
import { parseAlbConnection } from "./alb-connection";
import { parseAlbHealthCheck } from "./alb-health-check";
import { apigatewayAccessParser } from "./apigateway-access";
import { parseApigatewayExecution } from "./apigateway-execution";
import { cloudfrontAccessParser } from "./cloudfront-access";
import { cloudfrontRealtimeParser } from "./cloudfront-realtime";
import { parseCloudtrail } from "./cloudtrail";
import { parseElbAccess } from "./elb-access";
import { parseHttpAccess } from "./http-access";
import { parseKeyValue } from "./key-value";
import { parseLambda } from "./lambda";
import type { DescribedParser } from "./line-description";
import { parseLog4j } from "./log4j";
import { parseMysqlError } from "./mysql-error";
import { parseMysqlSlow } from "./mysql-slow";
import { parseNetworkFirewall } from "./network-firewall";
import { parseNlbTls } from "./nlb-tls";
import { parsePostgresql } from "./postgresql";
import { parsePython } from "./python";
import { parseRoute53Resolver } from "./route53-resolver";
import { parseS3Access } from "./s3-access";
import { vpcFlowParser } from "./vpc-flow";
import { parseWaf } from "./waf";

export interface ParserOptions {
  /** Names of a line's fields in their order, for formats whose users choose them. Empty: AWS's default order. */
  fields: readonly string[];
}

/** Makes the parser of each format. */
export const PARSERS: Readonly<Record<ParserName, (options: ParserOptions) => DescribedParser>> = {
  cloudfront_access: ({ fields }) => cloudfrontAccessParser(fields),
  cloudfront_realtime: ({ fields }) => cloudfrontRealtimeParser(fields),
  vpc_flow: ({ fields }) => vpcFlowParser(fields),
  cloudtrail: () => parseCloudtrail,
  waf: () => parseWaf,
  route53_resolver: () => parseRoute53Resolver,
  network_firewall: () => parseNetworkFirewall,
  alb_access: () => parseAlbAccess,
  alb_connection: () => parseAlbConnection,
  alb_health_check: () => parseAlbHealthCheck,
  nlb_tls: () => parseNlbTls,
  elb_access: () => parseElbAccess,
  s3_access: () => parseS3Access,
  http_access: () => parseHttpAccess,
  apigateway_access: ({ fields }) => apigatewayAccessParser(fields),
  apigateway_execution: () => parseApigatewayExecution,
  postgresql: () => parsePostgresql,
  mysql_error: () => parseMysqlError,
  mysql_slow: () => parseMysqlSlow,
  lambda: () => parseLambda,
  python: () => parsePython,
  log4j: () => parseLog4j,
  key_value: () => parseKeyValue,
};
