import { areOfForms, chosenFields, evidence } from "./chosen-fields";
import { isoOfSeconds } from "./epoch-seconds";
import type { FieldPlace, FieldWriter } from "./field-put";
import { slottedParser } from "./field-shape";
import type { LineField } from "./field-table";
import { asInteger, asIp, asText, type FieldReader } from "./field-values";
import { asDecoded } from "./http-values";
import type { DescribedParser } from "./line-description";
import { tcpFlagNames, transportOf } from "./network-transport";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type ReadWord, timeStep, withStep } from "./span-step";

const OWN = "aws.vpcflow";

const EPOCH_SECONDS = /^\d{1,11}$/;
const asTime = withStep((text: string) => (EPOCH_SECONDS.test(text) ? isoOfSeconds(Number(text)) : undefined), {
  op: SpanOp.epochSeconds,
});

/** Reads an action, and nothing else. */
const ofAction = <T extends string | readonly string[]>(accepted: T, rejected: T) =>
  withStep((action: string) => (action === "ACCEPT" ? accepted : action === "REJECT" ? rejected : undefined), {
    op: SpanOp.words,
    words: [
      ["ACCEPT", accepted],
      ["REJECT", rejected],
    ],
  });
const asOutcome = ofAction("success", "failure");
const asType = ofAction<readonly string[]>(["connection", "allowed"], ["connection", "denied"]);

/** What a reader makes of the numbers from 0 on, as texts. */
const ofNumbers = (count: number, read: (text: string) => ReadWord[1]): readonly ReadWord[] =>
  Array.from({ length: count }, (_, n): ReadWord => [String(n), read(String(n))]);

/** Of all segments of a flow; none of the six that have a name may be set. */
const flagNames = (text: string) => {
  const names = /^\d{1,3}$/.test(text) ? tcpFlagNames(Number(text)) : [];
  return names.length > 0 ? names : undefined;
};
const asFlagNames = withStep(flagNames, {
  op: SpanOp.numbered,
  words: ofNumbers(64, flagNames),
  hasOtherWords: true,
});

const asLowerCase = withStep((text: string) => asText(text.toLowerCase()), { op: SpanOp.lowerCase });

/** A number is a text in ECS; it may have a name. */
const protocol: FieldWriter = (slotOf) => {
  const [number, name] = [slotOf("network.iana_number"), slotOf("network.transport")];
  const put = (values: SlotValues, text: string) => {
    if (!/^\d{1,3}$/.test(text)) return true;
    values[number] = text;
    values[name] = transportOf(text);
    return true;
  };
  return withStep(put, { op: SpanOp.numbered, slots: [name, number], words: ofNumbers(256, transportOf) });
};

const own = (name: string, read: FieldReader = asText): FieldPlace => [`${OWN}.${name}`, read];

/** A tag's value; AWS percent-encodes it. */
const tag = (name: string): LineField => [name, own(name.replaceAll("-", "_"), asDecoded)];

/**
 * Fields with a place of their own: "Flow log records" in the Amazon VPC User Guide. All others, such as `ecs-task-arn` of version 7
 * and `next-hop-vpc-id` of version 11, are `aws.vpcflow.<name in snake case>`.
 */
const FIELDS: readonly LineField[] = [
  ["srcaddr", ["source.address", asText], ["source.ip", asIp]],
  ["dstaddr", ["destination.address", asText], ["destination.ip", asIp]],
  ["srcport", ["source.port", asInteger]],
  ["dstport", ["destination.port", asInteger]],
  ["protocol", protocol],
  ["packets", ["network.packets", asInteger], ["source.packets", asInteger]],
  ["bytes", ["network.bytes", asInteger], ["source.bytes", asInteger]],
  ["start", ["event.start", asTime]],
  ["end", ["event.end", asTime]],
  ["action", ["event.action", asText], ["event.outcome", asOutcome], ["event.type", asType]],
  ["instance-id", ["cloud.instance.id", asText], own("instance_id")],
  ["az-id", ["cloud.availability_zone", asText]],
  ["tcp-flags", own("tcp_flags", asInteger), own("tcp_flags_array", asFlagNames)],
  ["type", own("type"), ["network.type", asLowerCase]],
  ["flow-direction", ["network.direction", asText]],
  ["traffic-path", own("traffic_path", asInteger)],
  ["ecs-cluster-arn", ["orchestrator.cluster.id", asText]],
  ["ecs-cluster-name", ["orchestrator.cluster.name", asText]],
  ["ecs-service-name", ["service.name", asText]],
  ["reject-reason", ["event.reason", asText]],
  ...["instance-tag", "instance-tag-2", "interface-tag", "interface-tag-2", "asg-tag", "asg-tag-2"].map(tag),
];

/** Version 2, of flow logs without a format of their own. */
const DEFAULT_NAMES = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
  ...["packets", "bytes", "start", "end", "action", "log-status"],
];

const NUMBER = /^\d+$/;
const ADDRESS = /^[\da-fA-F.:]+$/;

/** What a field looks like that has a value. A line of another format, or of text, has something else in one of them. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ["version", /^\d{1,2}$/],
  ["account-id", /^(\d+|unknown)$/],
  ["log-status", /^(OK|NODATA|SKIPDATA)$/],
  ["action", /^[A-Z]+$/],
  ...["srcport", "dstport", "protocol", "packets", "bytes", "start", "end", "tcp-flags"].map(
    (n) => [n, NUMBER] as const,
  ),
  ...["srcaddr", "dstaddr", "pkt-srcaddr", "pkt-dstaddr"].map((name) => [name, ADDRESS] as const),
  ...[
    ["interface-id", "eni"],
    ["vpc-id", "vpc"],
    ["subnet-id", "subnet"],
    ["instance-id", "i"],
  ].map(([name, prefix]) => [name!, new RegExp(`^${prefix}-`)] as const),
]);

/** As the console and Terraform write a format: `${version} ${account-id}`. */
const plainName = (name: string): string => name.replace(/^\$\{(.*)\}$/, "$1");

/**
 * Records of VPC flow logs.
 *
 * @param fields of the flow log's format, as AWS names them; empty: version 2
 */
export function vpcFlowParser(fields: readonly string[]): DescribedParser {
  const names = fields.length === 0 ? DEFAULT_NAMES : fields.map(plainName);
  const table = chosenFields(names, { dataset: "aws.vpc_flow", own: OWN, known: FIELDS });
  const forms = names.map((name) => FORMS.get(name));
  const end = names.indexOf("end");
  const inSlots = (line: string) => {
    const texts = textsOf(line);
    if (!areOfForms(texts, forms)) return undefined;
    const time = texts[end] ?? "";
    const parsed = { shape: table.shape, values: table.valuesOf(texts) };
    return EPOCH_SECONDS.test(time) ? { ...parsed, time: Number(time) * 1000 } : parsed;
  };
  const time = timeStep(SpanOp.epochSeconds, end < 0 ? names.length : end);
  return slottedParser(inSlots, { table, split: "spaces", ...evidence(forms), time });
}

/** Nothing is quoted, and a space between two fields may be several: AWS's own example of a SYN-ACK has two. */
function textsOf(line: string): string[] {
  const texts = line.trim().split(" ");
  return line.includes("  ") ? texts.filter((text) => text !== "") : texts;
}
