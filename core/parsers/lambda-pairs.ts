import { fieldName } from "./field-name";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asDecimal, asInteger, type FieldReader } from "./field-values";
import { asBoolean } from "./json-members";
import type { FieldTree, ParsedMessage } from "./parsed-message";

/** What a line of Lambda's has first. */
interface FirstPair {
  name: string;
  value: RegExp;
}
const REQUEST: FirstPair = { name: "RequestId", value: /^[\w-]{1,64}$/ };
const RUNTIME: FirstPair = { name: "Runtime Version", value: /^\S+$/ };
const EXTENSION: FirstPair = { name: "Name", value: /./ };
const duration = (name: string): FirstPair => ({ name, value: /^[\d.]+ ms$/ });

/** The first words of Lambda's lines, with the types that the same events have in JSON. */
const LINES: ReadonlyMap<string, { type: string; first: FirstPair }> = new Map([
  ["START", { type: "platform.start", first: REQUEST }],
  ["END", { type: "platform.end", first: REQUEST }],
  ["REPORT", { type: "platform.report", first: REQUEST }],
  ["INIT_START", { type: "platform.initStart", first: RUNTIME }],
  ["INIT_REPORT", { type: "platform.initReport", first: duration("Init Duration") }],
  ["RESTORE_START", { type: "platform.restoreStart", first: RUNTIME }],
  ["RESTORE_REPORT", { type: "platform.restoreReport", first: duration("Restore Duration") }],
  ["EXTENSION", { type: "platform.extension", first: EXTENSION }],
  ["TELEMETRY", { type: "platform.telemetrySubscription", first: EXTENSION }],
  ["LOGS", { type: "platform.logsSubscription", first: EXTENSION }],
]);

const asWord: FieldReader = (text) => (/^\S+$/.test(text) ? text : undefined);

/** `[INVOKE,SHUTDOWN]`, `[Platform, Function]`. */
const asList: FieldReader = (text) => text.split(/[[\], ]+/).filter((item) => item !== "");

/** Values that are not `aws.lambda.<name>`, by AWS's names. */
const FIELDS: ReadonlyMap<string, { path: FieldPath; read: FieldReader }> = new Map([
  ["RequestId", { path: fieldPath("faas.execution"), read: asWord }],
  ["Version", { path: fieldPath("faas.version"), read: asWord }],
  ["Error Type", { path: fieldPath("error.type"), read: asWord }],
  ["XRAY TraceId", { path: fieldPath("trace.id"), read: asWord }],
  ["Sampled", { path: fieldPath("aws.lambda.sampled"), read: asBoolean }],
  ["Name", { path: fieldPath("aws.lambda.extension_name"), read: (text) => text }],
  ["State", { path: fieldPath("aws.lambda.extension_state"), read: (text) => text }],
  ["Events", { path: fieldPath("aws.lambda.extension_events"), read: asList }],
  ["Types", { path: fieldPath("aws.lambda.extension_types"), read: asList }],
]);

const UNITS: readonly { suffix: string; name: string; read: FieldReader }[] = [
  { suffix: " ms", name: "_ms", read: asDecimal },
  { suffix: " MB", name: "_mb", read: asInteger },
];

/** Lambda's own lines are shorter by far: a longer text is an application's. */
const MAX_LENGTH = 4096;

const EVENT_TYPE = fieldPath("aws.lambda.event_type");
const COLD_START = fieldPath("faas.coldstart");

type Pair = [name: string, value: string];

/** More pairs than AWS's longest line has. */
const MAX_PAIRS = 32;

/**
 * A name and the value behind it, up to the next name: `Memory Size: 128 MB`. Tabs separate the pairs of most lines, spaces those of
 * `START`, and of lines that somebody copied; so a name is capitalized words, which no unit is.
 */
const PAIR =
  / {0,8}((?:XRAY )?(?:[A-Z][a-z]\w{0,30} ){0,4}[A-Z][A-Za-z]{0,30}): (.+?)(?=$| (?:XRAY )?[A-Z][a-z]\w{0,30}(?: [A-Z]\w{0,30}){0,4}: )/y;

/**
 * Parses the lines that Lambda itself writes into a function's log, in whatever form: `REPORT RequestId: …`. They keep their message,
 * whatever the options say if not all of it is in fields.
 *
 * Their names are AWS's (Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs", "Lambda SnapStart"); one that AWS
 * adds becomes a field too, with its unit in the name.
 */
export const lambdaPairs = (message: string): ParsedMessage | undefined => {
  if (message.length > MAX_LENGTH) return undefined;
  const [word] = /^[A-Z_]{3,14}(?=[ \t])/.exec(message) ?? [];
  const line = word === undefined ? undefined : LINES.get(word);
  if (line === undefined) return undefined;
  const { pairs, isWhole } = pairsOf(message.slice(word!.length + 1));
  const [first] = pairs;
  if (first?.[0] !== line.first.name || !line.first.value.test(first[1])) return undefined;
  const fields: FieldTree = {};
  let areFields = isWhole && new Set(pairs.map(([name]) => name)).size === pairs.length;
  for (const [name, value] of pairs) areFields = putPair(fields, name, value) && areFields;
  putField(fields, EVENT_TYPE, line.type);
  if (line.type === "platform.report") putField(fields, COLD_START, pairs.some(isStart));
  return areFields ? { fields } : { fields, message };
};

const isStart = ([name]: Pair) => name === "Init Duration" || name === "Restore Duration";

/** @returns whether the value is in a field */
function putPair(fields: FieldTree, name: string, value: string): boolean {
  const field = FIELDS.get(name);
  if (field) {
    const read = field.read(value);
    putField(fields, field.path, read);
    return read !== undefined;
  }
  const own = fieldName(name);
  const unit = UNITS.find(({ suffix }) => value.endsWith(suffix));
  const number = unit?.read(value.slice(0, -unit.suffix.length));
  if (number === undefined) putField(fields, ["aws", "lambda", own], value);
  else putField(fields, ["aws", "lambda", own + unit!.name], number);
  return true;
}

/** Returns names and values, in their order. What is no pair is left out, so that the line is not whole. */
function pairsOf(text: string): { pairs: Pair[]; isWhole: boolean } {
  const pairs: Pair[] = [];
  let isWhole = true;
  for (const part of text.split(/[\t\r\n]+/)) {
    const trimmed = part.trim();
    let at = 0;
    while (at < trimmed.length && pairs.length < MAX_PAIRS) {
      PAIR.lastIndex = at;
      const match = PAIR.exec(trimmed);
      if (match === null) break;
      pairs.push([match[1]!, match[2]!.trim()]);
      at = PAIR.lastIndex;
    }
    isWhole &&= at === trimmed.length;
  }
  return { pairs, isWhole };
}
