import { FieldTable, type LineField } from "./field-table";
import { asDecimal, asInteger, asIp, asText, type FieldReader, isAbsent } from "./field-values";
import { asHostIp, asHostPort } from "./host-port";
import { lineParser } from "./line-parser";
import { nanoseconds } from "./nanoseconds";
import { asUtcTime } from "./utc-times";

const asHealthOutcome: FieldReader = (status) => ({ PASS: "success", FAIL: "failure" })[status.toUpperCase()];

/**
 * "Health check logs" in the user guide of Application Load Balancers; names and order are those of the vended log
 * `ALB_HEALTH_CHECK_LOGS`. Lines in S3 end before `elb`.
 */
const ALB_HEALTH_CHECK_FIELDS: readonly LineField[] = [
  ["type", ["aws.elb.type", asText]],
  ["time", ["event.end", asUtcTime]],
  ["latency", ["aws.elb.latency.sec", asDecimal], ["event.duration", (text) => nanoseconds(text, "s")]],
  // An address and port, or the ARN of a Lambda function.
  [
    "target_addr",
    ["aws.elb.target_addr", asText],
    ["aws.elb.backend.ip", asHostIp],
    ["aws.elb.backend.port", (text) => (asHostIp(text) === undefined ? undefined : asHostPort(text))],
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
  isLine: ([type = "", , latency = "", target = "", group = ""]) =>
    /^[A-Za-z]\w{1,15}$/.test(type) &&
    (isAbsent(latency) || asDecimal(latency) !== undefined) &&
    target !== "" &&
    group !== "",
});
