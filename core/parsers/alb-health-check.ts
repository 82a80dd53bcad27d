import { FieldTable, type LineField } from "./field-table";
import { asDecimal, asInteger, asIp, asText, type FieldReader, orAbsent } from "./field-values";
import { asHostIp, asHostPort } from "./host-port";
import { lineParser } from "./line-parser";
import { asNanoseconds } from "./nanoseconds";
import { SpanOp } from "./span-ops";
import { type ReadWord, withStep } from "./span-step";
import { asUtcTime } from "./utc-times";

const healthOutcome: FieldReader = (status) => ({ PASS: "success", FAIL: "failure" })[status.toUpperCase()];
const asHealthOutcome = withStep(healthOutcome, {
  op: SpanOp.words,
  words: ["PASS", "FAIL"].map((word): ReadWord => [word, healthOutcome(word)]),
  hasOtherWords: true,
});
const portOfIp: FieldReader = (text) => (asHostIp(text) === undefined ? undefined : asHostPort(text));
const asPortOfIp = withStep(portOfIp, { op: SpanOp.hostIpPort });

/**
 * "Health check logs" in the user guide of Application Load Balancers; names and order are those of the vended log
 * `ALB_HEALTH_CHECK_LOGS`. Lines in S3 end before `elb`.
 */
const ALB_HEALTH_CHECK_FIELDS: readonly LineField[] = [
  ["type", ["aws.elb.type", asText]],
  ["time", ["event.end", asUtcTime]],
  ["latency", ["aws.elb.latency.sec", asDecimal], ["event.duration", asNanoseconds("s")]],
  // An address and port, or the ARN of a Lambda function.
  [
    "target_addr",
    ["aws.elb.target_addr", asText],
    ["aws.elb.backend.ip", asHostIp],
    ["aws.elb.backend.port", asPortOfIp],
  ],
  ["target_group_id", ["aws.elb.target_group_id", asText]],
  ["status", ["aws.elb.status", asText], ["event.outcome", asHealthOutcome]],
  ["status_code", ["aws.elb.backend.http.response.status_code", asInteger]],
  ["reason_code", ["aws.elb.reason_code", asText]],
  ["elb", ["aws.elb.name", asText]],
  ["ip_address", ["aws.elb.ip_address", asIp]],
];

export const ALB_HEALTH_CHECK = new FieldTable(
  { dataset: "aws.alb_health_check", additionalFields: "aws.elb.additional_fields" },
  ALB_HEALTH_CHECK_FIELDS,
);

/** Parses a line of an Application Load Balancer's health check log, or its JSON form. */
export const parseAlbHealthCheck = lineParser({
  table: ALB_HEALTH_CHECK,
  time: "time",
  forms: {
    type: /^[A-Za-z]\w{1,15}$/,
    latency: orAbsent(asDecimal),
    target_addr: orAbsent(asText),
    target_group_id: orAbsent(asText),
  },
});
