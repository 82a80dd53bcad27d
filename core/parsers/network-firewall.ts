import { isObject, memberOf } from "../json/object";
import { exactObject } from "./exact-json";
import { putField } from "./field-path";
import { asInteger, asText, asWord } from "./field-values";
import {
  asObjects,
  type PutMember,
  scalar,
  textOf,
  to,
  toAddress,
  toEach,
  toHttpVersion,
  toMembers,
  toTlsVersion,
} from "./json-members";
import type { DescribedParser } from "./line-description";
import { asIsoTime, readIsoTime } from "./line-times";
import { tcpFlagNames, tcpFlagWords, toTransport } from "./network-transport";
import type { ObjectDescription } from "./object-description";
import { constantFields, describedObject, hasNeeds } from "./object-parser";
import type { FieldTree } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

const OWN = "aws.firewall";

const time = scalar(asIsoTime);

/** Suricata's word for a protocol that it could not detect. */
const asProtocol = withStep((text: string) => (text === "failed" ? undefined : asText(text)), {
  op: SpanOp.textBut,
  words: [["failed", undefined]],
});

const asSerial = withStep((text: string) => asText(text.replaceAll(":", "")), { op: SpanOp.withoutColons });

const putSni = to("tls.client.server_name");
const putDomain = to("destination.domain");
const toServerName = toEach(putSni, putDomain);

const TCP_FLAGS = ["aws", "firewall", "tcp_flags"];
const TCP_FLAGS_ARRAY = ["aws", "firewall", "tcp_flags_array"];

const putTcpFlags = (value: unknown, fields: FieldTree) => {
  if (typeof value !== "string" || !/^[\da-fA-F]{1,2}$/.test(value)) return false;
  putField(fields, TCP_FLAGS, value);
  const names = tcpFlagNames(Number.parseInt(value, 16));
  if (names.length > 0) putField(fields, TCP_FLAGS_ARRAY, names);
  return true;
};

/** Of hexadecimal digits. */
const toTcpFlags: PutMember = Object.assign(putTcpFlags, {
  described: {
    kind: "strings" as const,
    texts: [
      {
        paths: [TCP_FLAGS.join("."), TCP_FLAGS_ARRAY.join(".")],
        step: { op: SpanOp.hexBits, words: tcpFlagWords() },
      },
    ],
  },
});

const putUrl = to("url.original");
const putPath = to("url.path");
const putQuery = to("url.query");

const putUrlParts = (value: unknown, fields: FieldTree) => {
  if (typeof value !== "string" || !putUrl(value, fields)) return false;
  const query = value.indexOf("?");
  if (value.startsWith("/")) putPath(query < 0 ? value : value.slice(0, query), fields);
  if (query >= 0) putQuery(value.slice(query + 1), fields);
  return true;
};

/** The path and query of a request, or the whole URL of one to a proxy. */
const toUrl: PutMember = Object.assign(putUrlParts, {
  described: {
    kind: "strings" as const,
    texts: [{ paths: ["url.original", "url.path", "url.query"], step: { op: SpanOp.url } }],
  },
});

const asType = asWord([
  ["allowed", ["connection", "allowed"]],
  ["blocked", ["connection", "denied"]],
]);
const asOutcome = asWord([
  ["allowed", "success"],
  ["blocked", "failure"],
]);

/** The event's time: what of the two it is, the whole event says. */
const [EVENT_TIME, FLOW_TIME] = ["event.start", `${OWN}.timestamp`] as const;
const putEventTime = to(EVENT_TIME, time);
const putFlowTime = to(FLOW_TIME, time);
const LATER_TIME = "later.time";
const toLaterTime: PutMember = Object.assign((value: unknown) => putEventTime(value, {}), {
  described: { kind: "texts" as const, texts: [{ paths: [LATER_TIME], step: asIsoTime.step, isHidden: true }] },
});

/** Members of the event: "EVE JSON Format" in the Suricata User Guide, whose engine writes it. */
const EVENT: Readonly<Record<string, PutMember>> = {
  event_type: toEach(to(`${OWN}.event_type`), to("event.kind", scalar(asWord([["alert", "alert"]])))),
  flow_id: to(`${OWN}.flow.id`),
  src_ip: toAddress("source"),
  src_port: to("source.port", scalar(asInteger)),
  dest_ip: toAddress("destination"),
  dest_port: to("destination.port", scalar(asInteger)),
  proto: toTransport,
  app_proto: to("network.protocol", scalar(asProtocol)),
  sni: toServerName,
  alert: toMembers(`${OWN}.alert`, {
    action: toEach(to("event.action"), to("event.type", scalar(asType)), to("event.outcome", scalar(asOutcome))),
    category: to("rule.category"),
    signature_id: to("rule.id"),
    signature: to("rule.name"),
    rev: to("rule.version"),
    severity: to("event.severity", scalar(asInteger)),
    metadata: to(`${OWN}.rule_metadata`, asObjects),
  }),
  netflow: toMembers(`${OWN}.flow`, {
    pkts: to("network.packets", scalar(asInteger)),
    bytes: to("network.bytes", scalar(asInteger)),
    start: to("event.start", time),
    end: to("event.end", time),
  }),
  tcp: toMembers(`${OWN}.tcp`, { tcp_flags: toTcpFlags }),
  http: toMembers(`${OWN}.http`, {
    hostname: putDomain,
    url: toUrl,
    protocol: toHttpVersion,
    http_method: to("http.request.method"),
    http_user_agent: to("user_agent.original"),
    http_refer: to("http.request.referrer"),
    http_content_type: to("http.response.mime_type"),
    status: to("http.response.status_code", scalar(asInteger)),
    length: to("http.response.body.bytes", scalar(asInteger)),
  }),
  tls: toMembers(`${OWN}.tls`, {
    sni: toServerName,
    version: toTlsVersion,
    subject: to("tls.server.subject"),
    issuerdn: to("tls.server.issuer"),
    serial: to("tls.server.x509.serial_number", scalar(asSerial)),
    notbefore: to("tls.server.not_before", time),
    notafter: to("tls.server.not_after", time),
    ja3: toMembers(`${OWN}.tls.ja3`, { hash: to("tls.client.ja3") }),
    ja3s: toMembers(`${OWN}.tls.ja3s`, { hash: to("tls.server.ja3s") }),
  }),
};

/** What TLS inspection reports are connections that it has reset, or whose certificate it did not accept. */
const FAILURES = ["tls_error", "revocation_check"];

const putMembers = toMembers(
  OWN,
  { ...EVENT, timestamp: toLaterTime },
  {
    left: FAILURES,
    later: [
      { path: EVENT_TIME, from: LATER_TIME, lacking: "netflow" },
      { path: FLOW_TIME, from: LATER_TIME, having: "netflow" },
    ],
  },
);

/** A flow has a start of its own, and is reported later. */
const toEvent: PutMember = Object.assign(
  (value: unknown, fields: FieldTree) => {
    if (!isObject(value)) return false;
    putMembers(value, fields);
    (isObject(value.netflow) ? putFlowTime : putEventTime)(value.timestamp, fields);
    const hasFailed = FAILURES.some((name) => isObject(value[name])) && memberOf(fields, "event.outcome") === undefined;
    if (hasFailed) putField(fields, ["event", "outcome"], "failure");
    return true;
  },
  { described: putMembers.described },
);

/** Members of a record: "Contents of a AWS Network Firewall log" in the Network Firewall Developer Guide. */
const putRecord = toMembers(OWN, {
  firewall_name: to("observer.name"),
  availability_zone: to("cloud.availability_zone"),
  event: toEvent,
});

const DESCRIPTION: ObjectDescription = {
  members: putRecord.described.members,
  constants: [
    ["event.dataset", "aws.network_firewall"],
    ["event.kind", "event"],
    ["event.type", ["connection"]],
  ],
  needs: { firewall_name: "string", event_timestamp: "scalar", event: "object" },
  time: LATER_TIME,
};

/** An alert, a flow or a TLS event of AWS Network Firewall. */
export const parseNetworkFirewall: DescribedParser = describedObject(DESCRIPTION, (message) => {
  const record = message.includes('"firewall_name"') ? exactObject(message) : undefined;
  if (!record || !hasNeeds(record, DESCRIPTION.needs)) return undefined;
  const fields = constantFields(DESCRIPTION);
  putRecord(record, fields);
  const ms = readIsoTime(textOf(memberOf(record.event, "timestamp")) ?? "");
  return { fields, isJson: true, ...(ms !== undefined && { time: ms }) };
});
