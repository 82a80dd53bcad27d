import { FieldTable, type LineField } from "./field-table";
import { asInteger, asText, type FieldReader } from "./field-values";
import { hostAndPort } from "./host-port";
import { asDecoded, asList, TLS_VERSION_PLACES } from "./http-values";
import { lineParser } from "./line-parser";
import { asNanoseconds } from "./nanoseconds";
import { withStep } from "./span-step";
import { asUtcTime } from "./utc-times";

/** Of `"h2","http/1.1"`, whose outer quotes are those of a field. */
const asProtocolList = asList('","');
const protocols: FieldReader = (text) => asProtocolList(text.replace(/^"|"$/g, ""));
const asProtocols = withStep(protocols, asProtocolList.step!);

/**
 * "Access logs for your Network Load Balancer" in its user guide; names and order are those of the vended log `NLB_ACCESS_LOGS`.
 * Lines of version 1.0 end before `alpn_fe_protocol`, and older ones of 2.0 before `tls_connection_creation_time`.
 */
const NLB_TLS_FIELDS: readonly LineField[] = [
  ["type", ["aws.elb.type", asText]],
  ["version", ["aws.elb.version", asText]],
  ["time", ["event.end", asUtcTime]],
  ["elb", ["aws.elb.name", asText]],
  ["listener", ["aws.elb.listener", asText]],
  ["client_port", hostAndPort({ address: "source.address", ip: "source.ip", port: "source.port" })],
  ["destination_port", hostAndPort({ address: "destination.address", ip: "destination.ip", port: "destination.port" })],
  ["connection_time", ["aws.elb.connection_time.ms", asInteger], ["event.duration", asNanoseconds("ms")]],
  ["tls_handshake_time", ["aws.elb.tls_handshake_time.ms", asInteger]],
  ["received_bytes", ["source.bytes", asInteger]],
  ["sent_bytes", ["destination.bytes", asInteger]],
  ["incoming_tls_alert", ["aws.elb.incoming_tls_alert", asInteger]],
  ["chosen_cert_arn", ["aws.elb.chosen_cert.arn", asText]],
  ["chosen_cert_serial", ["aws.elb.chosen_cert.serial", asText]],
  ["tls_cipher", ["aws.elb.ssl_cipher", asText], ["tls.cipher", asText]],
  ["tls_protocol_version", ["aws.elb.ssl_protocol", asText], ...TLS_VERSION_PLACES],
  ["tls_keyexchange", ["aws.elb.tls_keyexchange", asText]],
  ["domain_name", ["destination.domain", asDecoded]],
  ["alpn_fe_protocol", ["tls.next_protocol", asText]],
  ["alpn_be_protocol", ["aws.elb.alpn_be_protocol", asText]],
  ["alpn_client_preference_list", ["aws.elb.alpn_client_preference_list", asProtocols]],
  ["tls_connection_creation_time", ["event.start", asUtcTime]],
];

export const NLB_TLS = new FieldTable(
  { dataset: "aws.nlb_tls", additionalFields: "aws.elb.additional_fields" },
  NLB_TLS_FIELDS,
);

/** Parses a line of a Network Load Balancer's access log, or its JSON form. */
export const parseNlbTls = lineParser({
  table: NLB_TLS,
  time: "time",
  forms: { type: /^tls$/, version: /^\d\.\d$/, elb: /./s },
});
