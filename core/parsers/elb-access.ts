import { FieldTable, type LineField } from "./field-table";
import { asDecimal, asInteger, asText, orAbsent, unlessNegative } from "./field-values";
import { asHostPort, hostAndPort } from "./host-port";
import { asHttpOutcome, TLS_VERSION_PLACES } from "./http-values";
import { lineParser } from "./line-parser";
import { requestLine } from "./request-line";
import { SpanOp } from "./span-ops";
import { asUtcTime } from "./utc-times";

const asSeconds = unlessNegative(asDecimal);

/** "Access logs for your Classic Load Balancer" in its user guide. Older lines end after the request. */
const ELB_ACCESS_FIELDS: readonly LineField[] = [
  ["timestamp", ["event.start", asUtcTime]],
  ["elb", ["aws.elb.name", asText]],
  ["client:port", hostAndPort({ address: "source.address", ip: "source.ip", port: "source.port" })],
  ["backend:port", hostAndPort({ ip: "aws.elb.backend.ip", port: "aws.elb.backend.port" })],
  ["request_processing_time", ["aws.elb.request_processing_time.sec", asSeconds]],
  ["backend_processing_time", ["aws.elb.backend_processing_time.sec", asSeconds]],
  ["response_processing_time", ["aws.elb.response_processing_time.sec", asSeconds]],
  ["elb_status_code", ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  ["backend_status_code", ["aws.elb.backend.http.response.status_code", asInteger]],
  // Where these go depends on the listener.
  ["received_bytes"],
  ["sent_bytes"],
  ["request", requestLine],
  ["user_agent", ["user_agent.original", asText]],
  ["ssl_cipher", ["aws.elb.ssl_cipher", asText], ["tls.cipher", asText]],
  ["ssl_protocol", ["aws.elb.ssl_protocol", asText], ...TLS_VERSION_PLACES],
];

const ELB_ACCESS = new FieldTable(
  { dataset: "aws.elb_access", additionalFields: "aws.elb.additional_fields" },
  ELB_ACCESS_FIELDS,
);

const at = (name: string) => ELB_ACCESS.names.indexOf(name);
const [RECEIVED, SENT, REQUEST] = [at("received_bytes"), at("sent_bytes"), at("request")];

/** What TCP listeners have in its place. */
const NO_REQUEST = "- - -";

/** Parses a line of a Classic Load Balancer's access log. */
export const parseElbAccess = lineParser({
  table: ELB_ACCESS,
  time: "timestamp",
  forms: {
    elb: /./s,
    "client:port": asHostPort,
    "backend:port": orAbsent(asHostPort),
    request_processing_time: asDecimal,
  },
  derive: (slotOf) => {
    // Of HTTP listeners, bytes are those of bodies; of TCP listeners, all.
    const bodies = [slotOf("http.request.body.bytes"), slotOf("http.response.body.bytes")] as const;
    const connection = [slotOf("source.bytes"), slotOf("destination.bytes")] as const;
    return {
      put: (values, texts) => {
        const [received, sent] = texts[REQUEST]?.startsWith(NO_REQUEST) ? connection : bodies;
        values[received] = asInteger(texts[RECEIVED] ?? "");
        values[sent] = asInteger(texts[SENT] ?? "");
      },
      steps: [RECEIVED, SENT].map((column, i) => ({
        op: SpanOp.integerByPrefix,
        columns: [REQUEST, column],
        prefix: NO_REQUEST,
        slots: [connection[i], bodies[i]],
      })),
    };
  },
});
