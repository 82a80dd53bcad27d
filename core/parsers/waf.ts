import { isObject } from "../json/object";
import { exactObject } from "./exact-json";
import { exactValue, setMember } from "./exact-value";
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
} from "./json-members";
import type { DescribedParser } from "./line-description";
import { isoText } from "./line-times";
import type { ObjectDescription } from "./object-description";
import { constantFields, describedObject, hasNeeds } from "./object-parser";
import type { FieldTree, FieldValue } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type ReadWord, withStep } from "./span-step";

const OWN = "aws.waf";

/** A host, without its port. */
const asDomain = withStep((text: string) => asText(text.replace(/:\d{1,5}$/, "")), { op: SpanOp.domain });

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

/** @param own headers that have a field of their own, too, by their names in small letters */
function toHeaders(path: string, own: ReadonlyMap<string, PutMember> = new Map()): PutMember {
  const putHeaders = to(path, headersOf);
  const put = (value: unknown, fields: FieldTree) => {
    if (!putHeaders(value, fields)) return false;
    for (const { name, value: text } of value as { name: string; value: unknown }[]) {
      own.get(name.toLowerCase())?.(text, fields);
    }
    return true;
  };
  const fields = new Map([...own].map(([name, { described }]) => [name, described] as const));
  return Object.assign(put, { described: { kind: "pairs" as const, path, fields } });
}

/** `[{ name }]`, as a list of names. */
const namesOf = (value: unknown): readonly string[] | undefined => {
  const names = Array.isArray(value) ? value.map((label) => (isObject(label) ? label.name : undefined)) : [];
  return names.length > 0 && names.every((name) => typeof name === "string") ? names : undefined;
};

const LABELS = `${OWN}.labels`;
const toLabels: PutMember = Object.assign(to(LABELS, namesOf), {
  described: { kind: "names" as const, path: LABELS },
});

const putArn = to(`${OWN}.arn`);
const putId = to(`${OWN}.id`);

/** `arn:aws:wafv2:<region>:<account>:<scope>/webacl/<name>/<id>`; WAF Classic has an id alone. */
const toWebAcl: PutMember = Object.assign(
  (value: unknown, fields: FieldTree) => {
    if (typeof value !== "string") return false;
    const [, id] = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(value) ?? [];
    return id === undefined ? putId(value, fields) : putArn(value, fields) && putId(id, fields);
  },
  {
    described: {
      kind: "strings" as const,
      texts: [{ paths: [`${OWN}.arn`, `${OWN}.id`], step: { op: SpanOp.arnAndId } }],
    },
  },
);

const readEpoch = (text: string): number | undefined => (/^\d{13}$/.test(text) ? Number(text) : undefined);

const asEpoch = withStep(
  (text: string) => {
    const ms = readEpoch(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.epochMillis },
);

/** CAPTCHA and Challenge end the evaluation only for a request without a valid token, which then goes no further. */
const DENIED = ["BLOCK", "CAPTCHA", "CHALLENGE"];

const asType = asWord([["ALLOW", ["allowed"]], ...DENIED.map((action): ReadWord => [action, ["denied"]])]);
const asOutcome = asWord([["ALLOW", "success"], ...DENIED.map((action): ReadWord => [action, "failure"])]);

/** Members of a record: "Log fields for web ACL traffic" in the AWS WAF Developer Guide. Lists of rules nest as their groups do. */
const putRecord = toMembers(OWN, {
  timestamp: to("event.start", scalar(asEpoch)),
  webaclId: toWebAcl,
  terminatingRuleId: to("rule.id"),
  terminatingRuleType: to("rule.ruleset"),
  action: toEach(to("event.action"), to("event.type", scalar(asType)), to("event.outcome", scalar(asOutcome))),
  terminatingRuleMatchDetails: to(`${OWN}.terminating_rule_match_details`, asObjects),
  httpSourceName: to(`${OWN}.source.name`),
  httpSourceId: to(`${OWN}.source.id`),
  ruleGroupList: to(`${OWN}.rule_group_list`, asObjects),
  rateBasedRuleList: to(`${OWN}.rate_based_rule_list`, asObjects),
  nonTerminatingMatchingRules: to(`${OWN}.non_terminating_matching_rules`, asObjects),
  requestHeadersInserted: toHeaders(`${OWN}.request_headers_inserted`),
  responseCodeSent: to(`${OWN}.response_code_sent`, scalar(asInteger)),
  httpRequest: toMembers(`${OWN}.request`, {
    clientIp: toAddress("source"),
    country: to("source.geo.country_iso_code"),
    headers: toHeaders(`${OWN}.request.headers`, ECS_HEADERS),
    uri: to("url.path"),
    args: to("url.query"),
    fragment: to("url.fragment"),
    scheme: to("url.scheme"),
    host: to("url.domain", scalar(asDomain)),
    httpVersion: toHttpVersion,
    httpMethod: to("http.request.method"),
    requestId: to("http.request.id"),
  }),
  labels: toLabels,
  ja3Fingerprint: to("tls.client.ja3"),
  clientAsn: to("source.as.number", scalar(asInteger)),
  // As Elastic's integration has it
  ClientASN: to("source.as.number", scalar(asInteger)),
});

const DESCRIPTION: ObjectDescription = {
  members: putRecord.described.members,
  constants: [
    ["event.dataset", "aws.waf"],
    ["event.kind", "alert"],
    ["network.protocol", "http"],
  ],
  needs: { webaclId: "string", httpRequest: "object" },
  time: "event.start",
};

/** A record of web ACL traffic. */
export const parseWaf: DescribedParser = describedObject(DESCRIPTION, (message) => {
  const record = message.includes('"webaclId"') ? exactObject(message) : undefined;
  if (!record || !hasNeeds(record, DESCRIPTION.needs)) return undefined;
  const fields = constantFields(DESCRIPTION);
  putRecord(record, fields);
  const time = readEpoch(textOf(record.timestamp) ?? "");
  return { fields, isJson: true, ...(time !== undefined && { time }) };
});
