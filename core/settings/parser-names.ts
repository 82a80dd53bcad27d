/** Formats that a parser knows; docs/parsers.md describes each. */
export const PARSER_NAMES = [
  ...["alb_access", "alb_connection", "alb_health_check", "nlb_tls", "elb_access"],
  ...["cloudfront_access", "cloudfront_realtime", "s3_access", "vpc_flow"],
  ...["cloudtrail", "waf", "route53_resolver", "network_firewall"],
  ...["apigateway_access", "apigateway_execution"],
  ...["postgresql", "mysql_error", "mysql_slow"],
  ...["lambda", "python", "log4j", "http_access", "key_value"],
] as const;

export type ParserName = (typeof PARSER_NAMES)[number];
