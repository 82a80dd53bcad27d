import { isObject } from "../json/object";
import { exactObject } from "./exact-json";
import { exactValue, setMember } from "./exact-value";
import { asInteger, asText, type FieldReader } from "./field-values";
import { asObjects, type PutMember, scalar, textOf, to, toAddress, toHttpVersion, toMembers } from "./json-members";
import { isoText } from "./line-times";
import type { FieldTree, FieldValue, MessageParser } from "./parsed-message";

const OWN = "aws.waf";

/** A host, without its port. */
const asDomain: FieldReader = (text) => asText(text.replace(/:\d{1,5}$/, ""));

/** Headers of a request that have a field in ECS, too. */
const ECS_HEADERS: ReadonlyMap<string, PutMember> = new Map([
  ["host", to("url.domain", scalar(asDomain))],
  ["referer", to("http.request.referrer")],
  ["user-agent", to("user_agent.original")],
]);

/** Turns a list of `{ name, value }`, where names may be repeated, into an object whose repeated names have lists. With more members, it is none. */
function headersOf(value: unknown): FieldTree | undefined {
  if (!Array.isArray(value)) return undefined;
  const headers = new Map<string, FieldValue[]>();
  for (const header of value) {
    if (!isObject(header)) return undefined;
    const { name, value: headerValue, ...others } = header;
    if (typeof name !== "string" || Object.keys(others).length > 0) return undefined;
    const text = exactValue(headerValue);
    if (text === undefined) continue;
    const values = headers.get(name) ?? [];
    values.push(text);
    headers.set(name, values);
  }
  const tree: FieldTree = {};
  for (const [name, values] of headers) setMember(tree, name, values.length === 1 ? values[0]! : values);
  return headers.size === 0 ? undefined : tree;
}

const putHeaders = to(`${OWN}.request.headers`, headersOf);

const toHeaders: PutMember = (value, fields) => {
  if (!putHeaders(value, fields)) return false;
  for (const { name, value: text } of value as { name: string; value: unknown }[]) {
    ECS_HEADERS.get(name.toLowerCase())?.(text, fields);
  }
  return true;
};

/** `[{ name }]`, as a list of names. */
const asNames = (value: unknown): readonly string[] | undefined => {
  const names = Array.isArray(value) ? value.map((label) => (isObject(label) ? label.name : undefined)) : [];
  return names.length > 0 && names.every((name) => typeof name === "string") ? names : undefined;
};

const putArn = to(`${OWN}.arn`);
const putId = to(`${OWN}.id`);

/** `arn:aws:wafv2:<region>:<account>:<scope>/webacl/<name>/<id>`; WAF Classic has an id alone. */
const toWebAcl: PutMember = (value, fields) => {
  if (typeof value !== "string") return false;
  const [, id] = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(value) ?? [];
  return id === undefined ? putId(value, fields) : putArn(value, fields) && putId(id, fields);
};

const asEpoch: FieldReader = (text) => (/^\d{13}$/.test(text) ? isoText(Number(text)) : undefined);

/** Members of a record: "Log fields for web ACL traffic" in the AWS WAF Developer Guide. Lists of rules nest as their groups do. */
const putRecord = toMembers(OWN, {
  timestamp: to("event.start", scalar(asEpoch)),
  webaclId: toWebAcl,
  terminatingRuleId: to("rule.id"),
  terminatingRuleType: to("rule.ruleset"),
  action: to("event.action"),
  terminatingRuleMatchDetails: to(`${OWN}.terminating_rule_match_details`, asObjects),
  httpSourceName: to(`${OWN}.source.name`),
  httpSourceId: to(`${OWN}.source.id`),
  ruleGroupList: to(`${OWN}.rule_group_list`, asObjects),
  rateBasedRuleList: to(`${OWN}.rate_based_rule_list`, asObjects),
  nonTerminatingMatchingRules: to(`${OWN}.non_terminating_matching_rules`, asObjects),
  requestHeadersInserted: to(`${OWN}.request_headers_inserted`, headersOf),
  responseCodeSent: to(`${OWN}.response_code_sent`, scalar(asInteger)),
  httpRequest: toMembers(`${OWN}.request`, {
    clientIp: toAddress("source"),
    country: to("source.geo.country_iso_code"),
    headers: toHeaders,
    uri: to("url.path"),
    args: to("url.query"),
    fragment: to("url.fragment"),
    scheme: to("url.scheme"),
    host: to("url.domain", scalar(asDomain)),
    httpVersion: toHttpVersion,
    httpMethod: to("http.request.method"),
    requestId: to("http.request.id"),
  }),
  labels: to(`${OWN}.labels`, asNames),
  ja3Fingerprint: to("tls.client.ja3"),
  clientAsn: to("source.as.number", scalar(asInteger)),
  // As Elastic's integration has it
  ClientASN: to("source.as.number", scalar(asInteger)),
});

/** CAPTCHA and Challenge end the evaluation only for a request without a valid token, which then goes no further. */
const OUTCOMES = new Map([
  ["ALLOW", { type: "allowed", outcome: "success" }],
  ...["BLOCK", "CAPTCHA", "CHALLENGE"].map((action) => [action, { type: "denied", outcome: "failure" }] as const),
]);

/** A record of web ACL traffic. */
export const parseWaf: MessageParser = (message) => {
  const record = message.includes('"webaclId"') ? exactObject(message) : undefined;
  if (typeof record?.webaclId !== "string" || !isObject(record.httpRequest)) return undefined;
  const { timestamp, action } = record;
  const { type, outcome } = OUTCOMES.get(textOf(action) ?? "") ?? {};
  const event: FieldTree = { dataset: "aws.waf", kind: "alert" };
  if (type !== undefined && outcome !== undefined) Object.assign(event, { type: [type], outcome });
  const fields: FieldTree = { event, network: { protocol: "http" } };
  putRecord(record, fields);
  return { fields, isJson: true, ...(typeof timestamp === "number" && { time: timestamp }) };
};
