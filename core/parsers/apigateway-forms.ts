import { jsonMembers } from "../json/members";
import { parsedObject } from "../json/object";
import { clfVariables } from "./apigateway-clf";
import { type AccessVariable, MAX_VARIABLES } from "./apigateway-variable";
import { fieldName } from "./field-name";
import { asDecimal, asInteger } from "./field-values";
import { readClfTime } from "./line-times";
import type { FieldValue } from "./parsed-message";

const MAX_NAME = 256;
const MAX_DEPTH = 3;

/** Returns the variables of a line in any of the formats; undefined if it is in none. */
export function accessVariables(line: string, fields: readonly string[]): AccessVariable[] | undefined {
  const variables = variablesOf(line.trim(), fields);
  return variables !== undefined && variables.length <= MAX_VARIABLES ? variables : undefined;
}

function variablesOf(line: string, fields: readonly string[]): AccessVariable[] | undefined {
  if (line.startsWith("{")) return parsedObject(line) && jsonVariables(line);
  if (line.startsWith("<")) return xmlVariables(line);
  return fields.length > 0 ? csvVariables(line, fields) : (clfVariables(line) ?? exampleCsvVariables(line));
}

/** API Gateway does not escape values, so a client can repeat a name: such a line says nothing for certain. */
function jsonVariables(json: string, prefix = "", depth = 1): AccessVariable[] | undefined {
  const variables: AccessVariable[] = [];
  const names = new Set<string>();
  const members = jsonMembers(json);
  if (members.length > MAX_VARIABLES) return undefined;
  for (const [key, value] of members) {
    const name = text(key);
    if (names.has(name) || name.length > MAX_NAME) return undefined;
    names.add(name);
    if (value.startsWith("{") && depth < MAX_DEPTH) {
      const inner = jsonVariables(value, `${prefix}${name}_`, depth + 1);
      if (inner === undefined) return undefined;
      variables.push(...inner);
    } else if (value !== "null") {
      variables.push([fieldName(prefix + name), jsonValue(value)]);
    }
  }
  return variables;
}

/** @param value JSON, of any type but null; objects and arrays stay JSON */
function jsonValue(value: string): FieldValue {
  if (value.startsWith('"')) return text(value);
  if (value === "true" || value === "false") return value === "true";
  return asInteger(value) ?? asDecimal(value) ?? value;
}

const text = (json: string): string => (json.includes("\\") ? (JSON.parse(json) as string) : json.slice(1, -1));

/** `<request id="…"> <ip>…</ip> … </request>` */
function xmlVariables(line: string): AccessVariable[] | undefined {
  const [start, id] = /^<request id="([^"<>]{0,256})">/.exec(line) ?? [];
  if (start === undefined) return undefined;
  const variables: AccessVariable[] = [["request_id", id!]];
  let at = start.length;
  for (;;) {
    while (line[at] === " ") at++;
    if (line.startsWith("</request>", at)) return variables;
    const nameEnd = line.indexOf(">", at);
    if (line[at] !== "<" || nameEnd < 0 || nameEnd - at > MAX_NAME) return undefined;
    const name = line.slice(at + 1, nameEnd);
    const end = line.indexOf(`</${name}>`, nameEnd);
    if (end < 0) return undefined;
    variables.push([fieldName(name), line.slice(nameEnd + 1, end)]);
    at = end + name.length + 3;
  }
}

function csvVariables(line: string, fields: readonly string[]): AccessVariable[] | undefined {
  const values = line.split(",", MAX_VARIABLES + 1);
  if (values.length < 2) return undefined;
  return values.map((value, i) => [fieldName(fields[i] ?? ""), value]);
}

const CSV_START = ["ip", "caller", "user", "requestTime"];
export const CSV_EXAMPLES: readonly (readonly string[])[] = [
  // REST
  [
    ...CSV_START,
    "httpMethod",
    "resourcePath",
    "protocol",
    "status",
    "responseLength",
    "requestId",
    "extendedRequestId",
  ],
  // REST, before extendedRequestId
  [...CSV_START, "httpMethod", "resourcePath", "protocol", "status", "responseLength", "requestId"],
  // WebSocket
  [...CSV_START, "eventType", "routeKey", "connectionId", "status", "requestId"],
  // HTTP
  ["ip", "requestTime", "httpMethod", "routeKey", "protocol", "status", "responseLength", "requestId"],
];

/** The elements of the console's examples, of which `ip` is in each. */
export const XML_EXAMPLE: readonly string[] = [
  ...["extendedRequestId", "ip", "caller", "user", "requestTime", "eventType", "httpMethod", "resourcePath"],
  ...["routeKey", "status", "connectionId", "protocol", "responseLength"],
];

/** The console's examples differ in their number of values. */
function exampleCsvVariables(line: string): AccessVariable[] | undefined {
  const values = line.split(",", MAX_VARIABLES + 1);
  const names = CSV_EXAMPLES.find(({ length }) => length === values.length);
  if (names === undefined || readClfTime(values[names.indexOf("requestTime")]!) === undefined) return undefined;
  return values.map((value, i) => [fieldName(names[i]!), value]);
}
