import type { ParserName } from "../settings/parser-names";

/** How the messages of a format begin. */
export interface Signature {
  readonly parser: ParserName;
  readonly pattern: RegExp;
}

const CLOCK = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`;
const TIME = String.raw`(?:\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)[T ]${CLOCK}`;

/** Of the words for levels, what no other word of capitals begins with. */
const LEVEL = "(?:CONF|CRIT|DEBU|ERRO|FATA|FINE|INFO|NOTI|PANI|SEVE|SUCC|TRAC|WARN)";

/** The time in the lines of loggers, with or without the date and a zone. */
const LOGGED = String.raw`(?:${TIME}|${CLOCK})(?: ?(?:Z|[-+]\d\d:?\d\d))?`;

const beginsWith = (parser: ParserName, ...patterns: readonly string[]): Signature => ({
  parser,
  pattern: new RegExp(`^(?:${patterns.join("|")})`),
});

const LAMBDA = beginsWith(
  "lambda",
  ...["START RequestId: ", "END RequestId: ", "REPORT RequestId: ", "RequestId: "],
  ...[
    "INIT_START ",
    "INIT_REPORT ",
    "RESTORE_START ",
    "RESTORE_REPORT ",
    String.raw`EXTENSION\t`,
    String.raw`TELEMETRY\t`,
  ],
  // Node.js; the line of a time-out
  String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?:\t| [\da-f]{8}-)`,
  // Python; its line of an error that nobody has caught
  String.raw`\[[A-Z]{4,8}\]\t`,
  String.raw`\[ERROR\] `,
  // JSON, as Lambda itself writes it
  String.raw`\{"time":"[\dT:.Z-]{24}","type":"platform\.`,
);

/** A time of a load balancer, and its type of connection. */
const UTC_TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z`;
const TYPE = "(?:https?|h2|grpcs?|wss?)";

/** JSON has its members in the order of AWS's schema, or in that of all records that are seen. */
const BALANCERS = [
  beginsWith(
    "alb_health_check",
    String.raw`${TYPE} ${UTC_TIME} [\d-]`,
    String.raw`\{"type":"${TYPE}","time":"${UTC_TIME}","latency":`,
  ),
  beginsWith(
    "alb_access",
    String.raw`${TYPE} \d{4}-\d\d-\d\dT`,
    String.raw`\{"type":"${TYPE}","time":"\d{4}-\d\d-\d\dT`,
  ),
  beginsWith(
    "alb_connection",
    String.raw`${UTC_TIME} [\da-fA-F.:]{3,45} \d{1,5} \d{1,5} `,
    String.raw`\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","client_ip":`,
  ),
  beginsWith(
    "elb_access",
    String.raw`${UTC_TIME} [A-Za-z\d][A-Za-z\d-]{0,31} \d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d{1,5} `,
  ),
  beginsWith("nlb_tls", String.raw`tls [12]\.0 `, String.raw`\{"type":"tls","version":"[12]\.0"`),
];

/** Records that begin like no other JSON. */
const RECORDS = [
  beginsWith("cloudtrail", String.raw`\{"eventVersion":"1\.`),
  beginsWith("waf", String.raw`\{"timestamp":\d{13},"formatVersion":1,"webaclId":"`),
  beginsWith("network_firewall", String.raw`\{"firewall_name":"`),
  beginsWith("route53_resolver", String.raw`\{"version":"1\.\d{6}","account_id":"`),
];

/**
 * How messages begin that a parser may know without the name of their log group or stream. The formats that begin like other
 * texts are not among them. What is here, core/fast-path/assembly/signatures.ts has to recognize, too.
 */
export const SIGNATURES: readonly Signature[] = [
  LAMBDA,
  ...BALANCERS,
  ...RECORDS,
  beginsWith("s3_access", String.raw`[\da-f]{64} `),
  beginsWith("vpc_flow", String.raw`2 \d{12} eni-`),
  beginsWith("http_access", String.raw`[\da-fA-F:][\da-fA-F.:]{1,44} - `),
  // `%t:`, the beginning of RDS's log_line_prefix
  beginsWith("postgresql", `${TIME} [A-Z]{2,5}:`),
  beginsWith("mysql_error", String.raw`${TIME}(?:Z|[-+]\d\d:\d\d) \d{1,20} \[`),
  beginsWith("mysql_slow", "# Time: ", "# User@Host: "),
  beginsWith("python", `${LOGGED} [-|] `, `${LEVEL}[A-Z]{0,4}:`),
  beginsWith("log4j", String.raw`${LOGGED} {1,64}(?:\[|${LEVEL}|- |[\da-f]{8}-)`, String.raw`\[\d\d[\d:]`),
  beginsWith(
    "log4j",
    String.raw`${LEVEL}[A-Z]{0,4} {1,64}\[`,
    String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12} ${LEVEL}`,
  ),
  beginsWith("python", String.raw`${LOGGED} {1,64}(?:\[|${LEVEL})`, String.raw`\[\d\d[\d:]`),
  beginsWith("key_value", String.raw`[A-Za-z_][\w.-]{0,63}=`),
];
