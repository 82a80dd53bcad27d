import { FieldTable, type LineField } from "./field-table";
import { asDecimal, asInteger, asIp, asText, type FieldReader } from "./field-values";
import { TLS_VERSION_PLACES } from "./http-values";
import { lineParser } from "./line-parser";
import { asNanoseconds } from "./nanoseconds";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";
import { asUtcTime } from "./utc-times";

/** Of `Success` or `Failed:ClientCertUntrusted`. */
const verifyOutcome: FieldReader = (status) => {
  if (status === "Success") return "success";
  return status.startsWith("Failed") ? "failure" : undefined;
};
const asVerifyOutcome = withStep(verifyOutcome, {
  op: SpanOp.words,
  words: [
    ["Success", "success"],
    ["Failed*", "failure"],
  ],
});

/** Reads one time of `NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z`. */
const validity = (name: string): FieldReader => {
  const pattern = new RegExp(`${name}([^;]{1,40})`);
  return withStep((text: string) => asUtcTime(pattern.exec(text)?.[1] ?? ""), {
    op: SpanOp.namedUtcTime,
    prefix: name,
  });
};

/**
 * "Connection logs for your Application Load Balancer" in its user guide; names and order are those of the vended log
 * `ALB_CONNECTION_LOGS`. Lines in S3 end before `elb`.
 */
const ALB_CONNECTION_FIELDS: readonly LineField[] = [
  ["time", ["event.end", asUtcTime]],
  ["client_ip", ["source.address", asText], ["source.ip", asIp]],
  ["client_port", ["source.port", asInteger]],
  ["listener_port", ["destination.port", asInteger]],
  ["tls_protocol", ["aws.elb.ssl_protocol", asText], ...TLS_VERSION_PLACES],
  ["tls_cipher", ["aws.elb.ssl_cipher", asText], ["tls.cipher", asText]],
  ["tls_handshake_latency", ["aws.elb.tls_handshake_latency.sec", asDecimal], ["event.duration", asNanoseconds("s")]],
  ["leaf_client_cert_subject", ["tls.client.subject", asText]],
  [
    "leaf_client_cert_validity",
    ["tls.client.not_before", validity("NotBefore=")],
    ["tls.client.not_after", validity("NotAfter=")],
  ],
  ["leaf_client_cert_serial_number", ["tls.client.x509.serial_number", asText]],
  ["tls_verify_status", ["aws.elb.tls_verify_status", asText], ["event.outcome", asVerifyOutcome]],
  ["conn_trace_id", ["aws.elb.conn_trace_id", asText]],
  ["tls_keyexchange", ["aws.elb.tls_keyexchange", asText]],
  ["elb", ["aws.elb.name", asText]],
  ["ip_address", ["aws.elb.ip_address", asIp]],
];

export const ALB_CONNECTION = new FieldTable(
  { dataset: "aws.alb_connection", additionalFields: "aws.elb.additional_fields" },
  ALB_CONNECTION_FIELDS,
);

const PORT = /^\d{1,5}$/;

/** Parses a line of an Application Load Balancer's connection log, or its JSON form. */
export const parseAlbConnection = lineParser({
  table: ALB_CONNECTION,
  time: "time",
  forms: { client_ip: asIp, client_port: PORT, listener_port: PORT },
});
