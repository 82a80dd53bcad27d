import { isObject } from "../json/object";
import { exactObject } from "./exact-json";
import { putField } from "./field-path";
import { asInteger, asIp, asText, asWord } from "./field-values";
import { type PutMember, scalar, textOf, to, toAddress, toEach, toMembers } from "./json-members";
import type { DescribedParser } from "./line-description";
import { asIsoTime, readIsoTime } from "./line-times";
import { toTransport } from "./network-transport";
import type { ObjectDescription } from "./object-description";
import { constantFields, describedObject, hasNeeds } from "./object-parser";
import type { FieldTree } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

const OWN = "aws.route53";

/** A name of DNS, without the dot at its end, which nobody searches for. The root's name is the dot alone. */
const asName = withStep((text: string) => (text.length > 1 && text.endsWith(".") ? text.slice(0, -1) : asText(text)), {
  op: SpanOp.dnsName,
});

const ANSWERS = ["dns", "answers"];
const RESOLVED_IP = ["dns", "resolved_ip"];

/** `[{ Rdata, Type, Class }]`; what an answer has besides goes with it. */
const putAnswers = (value: unknown, fields: FieldTree) => {
  if (!Array.isArray(value) || !value.every(isObject)) return false;
  const answers = value.map(answerOf).filter((answer) => Object.keys(answer).length > 0);
  if (answers.length > 0) putField(fields, ANSWERS, answers);
  const addresses = value.flatMap((answer) => asIp(textOf(answer.Rdata) ?? "") ?? []);
  if (addresses.length > 0) putField(fields, RESOLVED_IP, addresses);
  return true;
};

const toAnswers: PutMember = Object.assign(putAnswers, {
  described: { kind: "answers" as const, path: ANSWERS.join("."), addresses: RESOLVED_IP.join(".") },
});

const putAnswer = toMembers("other", {
  Rdata: to("data", scalar(asName)),
  Type: to("type"),
  Class: to("class"),
});

function answerOf(answer: unknown): FieldTree {
  const fields: FieldTree = {};
  putAnswer(answer, fields);
  return fields;
}

/** Members of a query: "Values that appear in VPC Resolver query logs" in the Route 53 Developer Guide. */
const putQuery = toMembers(OWN, {
  query_timestamp: to("event.start", scalar(asIsoTime)),
  query_name: to("dns.question.name", scalar(asName)),
  query_type: to("dns.question.type"),
  query_class: to("dns.question.class"),
  rcode: toEach(to("dns.response_code"), to("event.outcome", scalar(asWord([["NOERROR", "success"]], "failure")))),
  answers: toAnswers,
  srcaddr: toAddress("source"),
  srcport: to("source.port", scalar(asInteger)),
  transport: toTransport,
  srcids: toMembers(OWN, {
    instance: to("cloud.instance.id"),
    resolver_endpoint: to(`${OWN}.resolver_endpoint`),
    resolver_network_interface: to(`${OWN}.resolver_network_interface`),
  }),
  firewall_rule_action: to(`${OWN}.firewall.action`),
  firewall_rule_group_id: to(`${OWN}.firewall.rule_group.id`),
  firewall_domain_list_id: to(`${OWN}.firewall.domain_list.id`),
});

const DESCRIPTION: ObjectDescription = {
  members: putQuery.described.members,
  constants: [
    ["event.dataset", "aws.route53_resolver"],
    ["network.protocol", "dns"],
  ],
  needs: { query_timestamp: "string", query_name: "string", query_type: "string", account_id: "string" },
  time: "event.start",
};

/** A query that a VPC's Route 53 Resolver has answered. */
export const parseRoute53Resolver: DescribedParser = describedObject(DESCRIPTION, (message) => {
  const query = message.includes('"query_timestamp"') ? exactObject(message) : undefined;
  if (!query || !hasNeeds(query, DESCRIPTION.needs)) return undefined;
  const fields = constantFields(DESCRIPTION);
  putQuery(query, fields);
  const time = readIsoTime(String(query.query_timestamp));
  return { fields, isJson: true, ...(time !== undefined && { time }) };
});
