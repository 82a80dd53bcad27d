import { FieldTable, type LineField } from "./field-table";
import { asDecimal, asInteger, asIp, asText, unlessNegative } from "./field-values";
import { hostAndPort } from "./host-port";
import { asHttpOutcome, asList, TLS_VERSION_PLACES } from "./http-values";
import { lineParser } from "./line-parser";
import { requestLine } from "./request-line";
import { SpanOp } from "./span-ops";
import { asUtcTime, nanosecondsBetween } from "./utc-times";

const asSeconds = unlessNegative(asDecimal);

/** "Access logs for your Application Load Balancer" in its user guide; names and order are those of the vended log `ALB_ACCESS_LOGS`. */
const ALB_ACCESS_FIELDS: readonly LineField[] = [
  ["type", ["aws.elb.type", asText]],
  ["time", ["event.end", asUtcTime]],
  ["elb", ["aws.elb.name", asText]],
  ["client_port", hostAndPort({ address: "source.address", ip: "source.ip", port: "source.port" })],
  ["target_port", hostAndPort({ ip: "aws.elb.backend.ip", port: "aws.elb.backend.port" })],
  ["request_processing_time", ["aws.elb.request_processing_time.sec", asSeconds]],
  ["target_processing_time", ["aws.elb.backend_processing_time.sec", asSeconds]],
  ["response_processing_time", ["aws.elb.response_processing_time.sec", asSeconds]],
  ["elb_status_code", ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  ["target_status_code", ["aws.elb.backend.http.response.status_code", asInteger]],
  // Headers are counted, so it is no size of a body.
  ["received_bytes", ["http.request.bytes", asInteger]],
  ["sent_bytes", ["http.response.bytes", asInteger]],
  ["request_line", requestLine],
  ["user_agent", ["user_agent.original", asText]],
  ["ssl_cipher", ["aws.elb.ssl_cipher", asText], ["tls.cipher", asText]],
  ["ssl_protocol", ["aws.elb.ssl_protocol", asText], ...TLS_VERSION_PLACES],
  ["target_group_arn", ["aws.elb.target_group.arn", asText]],
  ["trace_id", ["aws.elb.trace_id", asText], ["trace.id", asText]],
  ["domain_name", ["destination.domain", asText]],
  ["chosen_cert_arn", ["aws.elb.chosen_cert.arn", asText]],
  ["matched_rule_priority", ["aws.elb.matched_rule_priority", unlessNegative(asInteger)]],
  ["request_creation_time", ["event.start", asUtcTime]],
  ["actions_executed", ["aws.elb.action_executed", asList(",")]],
  ["redirect_url", ["aws.elb.redirect_url", asText]],
  ["error_reason", ["aws.elb.error.reason", asText]],
  ["target_port_list", ["aws.elb.target_port", asList(" ")]],
  ["target_status_code_list", ["aws.elb.target_status_code", asList(" ")]],
  ["classification", ["aws.elb.classification", asText]],
  ["classification_reason", ["aws.elb.classification_reason", asText]],
  ["conn_trace_id", ["aws.elb.conn_trace_id", asText]],
  ["transformed_host", ["aws.elb.transformed_host", asText]],
  ["transformed_uri", ["aws.elb.transformed_uri", asText]],
  ["request_transform_status", ["aws.elb.request_transform_status", asText]],
  ["ip_address", ["aws.elb.ip_address", asIp]],
];

export const ALB_ACCESS = new FieldTable(
  { dataset: "aws.alb_access", additionalFields: "aws.elb.additional_fields" },
  ALB_ACCESS_FIELDS,
);

const at = (name: string) => ALB_ACCESS.names.indexOf(name);
const [CREATION_TIME, END_TIME] = [at("request_creation_time"), at("time")];

/** Parses a line of an Application Load Balancer's access log, or its JSON form. */
export const parseAlbAccess = lineParser({
  table: ALB_ACCESS,
  time: "time",
  // AWS adds types. An id of a load balancer has slashes: `app/my-loadbalancer/50dc6c495c0c9188`.
  forms: { type: /^[a-z]\w{1,15}$/, elb: /\// },
  derive: (slotOf) => {
    const duration = slotOf("event.duration");
    return {
      put: (values, texts) => {
        values[duration] = nanosecondsBetween(texts[CREATION_TIME] ?? "", texts[END_TIME]!);
      },
      steps: [{ op: SpanOp.nanosecondsBetween, columns: [CREATION_TIME, END_TIME], slots: [duration] }],
    };
  },
});
