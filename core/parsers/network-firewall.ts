import { isObject, memberOf } from "../json/object";
import { exactObject } from "./exact-json";
import { putField } from "./field-path";
import { asInteger, asText, type FieldReader } from "./field-values";
import {
  asObjects,
  type PutMember,
  scalar,
  textOf,
  to,
  toAddress,
  toHttpVersion,
  toMembers,
  toTlsVersion,
} from "./json-members";
import { asIsoTime, readIsoTime } from "./line-times";
import { tcpFlagNames, toTransport } from "./network-transport";
import type { FieldTree, MessageParser } from "./parsed-message";

const OWN = "aws.firewall";

const time = scalar(asIsoTime);

/** Suricata's word for a protocol that it could not detect. */
const asProtocol: FieldReader = (text) => (text === "failed" ? undefined : asText(text));

const asSerial: FieldReader = (text) => asText(text.replaceAll(":", ""));

const putSni = to("tls.client.server_name");
const putDomain = to("destination.domain");
const toServerName: PutMember = (value, fields) => putSni(value, fields) && putDomain(value, fields);

const TCP_FLAGS = ["aws", "firewall", "tcp_flags"];
const TCP_FLAGS_ARRAY = ["aws", "firewall", "tcp_flags_array"];

/** Of hexadecimal digits. */
const toTcpFlags: PutMember = (value, fields) => {
  if (typeof value !== "string" || !/^[\da-fA-F]{1,2}$/.test(value)) return false;
  putField(fields, TCP_FLAGS, value);
  const names = tcpFlagNames(Number.parseInt(value, 16));
  if (names.length > 0) putField(fields, TCP_FLAGS_ARRAY, names);
  return true;
};

const putUrl = to("url.original");
const putPath = to("url.path");
const putQuery = to("url.query");

/** The path and query of a request, or the whole URL of one to a proxy. */
const toUrl: PutMember = (value, fields) => {
  if (typeof value !== "string" || !putUrl(value, fields)) return false;
  const query = value.indexOf("?");
  if (value.startsWith("/")) putPath(query < 0 ? value : value.slice(0, query), fields);
  if (query >= 0) putQuery(value.slice(query + 1), fields);
  return true;
};

/** Members of the event: "EVE JSON Format" in the Suricata User Guide, whose engine writes it. */
const EVENT: Readonly<Record<string, PutMember>> = {
  event_type: to(`${OWN}.event_type`),
  flow_id: to(`${OWN}.flow.id`),
  src_ip: toAddress("source"),
  src_port: to("source.port", scalar(asInteger)),
  dest_ip: toAddress("destination"),
  dest_port: to("destination.port", scalar(asInteger)),
  proto: toTransport,
  app_proto: to("network.protocol", scalar(asProtocol)),
  sni: toServerName,
  alert: toMembers(`${OWN}.alert`, {
    action: to("event.action"),
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

const putEvent = toMembers(OWN, { ...EVENT, timestamp: to("event.start", time) });
/** A flow has a start of its own, and is reported later. */
const putFlow = toMembers(OWN, { ...EVENT, timestamp: to(`${OWN}.timestamp`, time) });

/** Members of a record: "Contents of a AWS Network Firewall log" in the Network Firewall Developer Guide. */
const putRecord = toMembers(OWN, {
  firewall_name: to("observer.name"),
  availability_zone: to("cloud.availability_zone"),
  event: (value, fields) => (isObject(value) && isObject(value.netflow) ? putFlow : putEvent)(value, fields),
});

const ACTIONS = new Map([
  ["allowed", { type: "allowed", outcome: "success" }],
  ["blocked", { type: "denied", outcome: "failure" }],
]);

/** What TLS inspection reports are connections that it has reset, or whose certificate it did not accept. */
const FAILURES = ["tls_error", "revocation_check"];

function categoryOf(event: Record<string, unknown>): FieldTree {
  const { type, outcome } = ACTIONS.get(textOf(memberOf(event, "alert.action")) ?? "") ?? {};
  const failed = outcome ?? (FAILURES.some((name) => isObject(event[name])) ? "failure" : undefined);
  return {
    dataset: "aws.network_firewall",
    kind: event.event_type === "alert" ? "alert" : "event",
    type: type === undefined ? ["connection"] : ["connection", type],
    ...(failed === undefined ? {} : { outcome: failed }),
  };
}

/** An alert, a flow or a TLS event of AWS Network Firewall. */
export const parseNetworkFirewall: MessageParser = (message) => {
  const record = message.includes('"firewall_name"') ? exactObject(message) : undefined;
  if (typeof record?.firewall_name !== "string" || textOf(record.event_timestamp) === undefined) return undefined;
  const { event } = record;
  if (!isObject(event)) return undefined;
  const fields: FieldTree = { event: categoryOf(event) };
  putRecord(record, fields);
  const ms = readIsoTime(textOf(event.timestamp) ?? "");
  return { fields, isJson: true, ...(ms !== undefined && { time: ms }) };
};
