import {
  EVIDENCE,
  IDS,
  NUMBERS,
  OWN,
  placesOfVariable,
  RESOURCE_PATH,
  requestTime,
  VARIABLES,
} from "./apigateway-fields";
import { accessVariables } from "./apigateway-forms";
import { csvAccessParser, parseAccessExamples } from "./apigateway-layouts";
import type { AccessVariable } from "./apigateway-variable";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, asText, type FieldReader } from "./field-values";
import type { DescribedParser } from "./line-description";
import type { MemberStep, ObjectDescription, TextStep } from "./object-description";
import { describedObject } from "./object-parser";
import { type FieldTree, NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";

const textStep = (path: string, { step = { op: SpanOp.other } }: FieldReader): TextStep => ({ paths: [path], step });

/** What the WASM encoder does with lines of JSON. */
const DESCRIPTION: ObjectDescription = {
  members: {
    own: OWN,
    members: new Map(
      VARIABLES.flatMap(([names, own, ...ecs]) => {
        const isIfFree = names.includes(RESOURCE_PATH);
        const others = ecs.map(([path, read]): TextStep => ({ ...textStep(path, read), isOptional: true, isIfFree }));
        const step: MemberStep = { kind: "texts", texts: [textStep(`${OWN}.${names[0]}`, own), ...others] };
        return names.map((name) => [name, step] as const);
      }),
    ),
    later: [],
    numbers: NUMBERS,
  },
  constants: [["event.dataset", "aws.apigateway_access"]],
  needs: {},
  needsOneOf: [[...IDS], [...EVIDENCE]],
};

/**
 * Access logs of API Gateway's REST, HTTP and WebSocket APIs, in the four formats that its console offers.
 *
 * @param fields the variables of a line of CSV, in their order; empty: those of the console's example
 */
export function apigatewayAccessParser(fields: readonly string[]): DescribedParser {
  const laidOut = fields.length > 0 ? csvAccessParser(fields) : parseAccessExamples;
  const others = describedObject(DESCRIPTION, (message) => parseAnyForm(message, fields));
  if (laidOut === undefined) return others;
  return Object.assign((message: string) => laidOut(message) ?? others(message), {
    ...others,
    inSlots: (message: string) => laidOut.inSlots!(message) ?? others(message),
    layouts: laidOut.layouts!,
  });
}

/** Parses a line of any form, whatever its variables are. */
function parseAnyForm(message: string, fields: readonly string[]) {
  const variables = accessVariables(message, fields);
  if (!variables?.some(([name]) => IDS.has(name)) || !variables.some(([name]) => EVIDENCE.has(name))) return undefined;
  const tree: FieldTree = { event: { dataset: "aws.apigateway_access" } };
  const surplus: string[] = [];
  const names = new Set<string>();
  let time: number | undefined;
  for (const variable of variables) {
    const [name, value] = variable;
    // `integrationStatus` and `integration.status` are two variables of one name.
    const isFirst = !names.has(name);
    names.add(name);
    const text = value instanceof NumberText ? value.text : String(value);
    time = requestTime(name, text) ?? time;
    if (!isFirst || !putVariable(tree, variable, text)) surplus.push(text);
  }
  if (surplus.length > 0) putField(tree, ownPath("additional_fields"), surplus);
  return { fields: tree, ...(message.startsWith("{") && { isJson: true }), ...(time !== undefined && { time }) };
}

const ownPath = (name: string): FieldPath => [...fieldPath(OWN), name];

/** @returns false for a text that has no place: it is none of its field's kind, or has no name */
function putVariable(tree: FieldTree, [name, value]: AccessVariable, text: string): boolean {
  if (asText(text) === undefined) return true;
  const places = placesOfVariable(name);
  if (places === undefined) {
    const own = NUMBERS.test(name) ? asInteger(text) : value;
    if (name === "" || own === undefined) return false;
    putField(tree, ownPath(name), own);
    return true;
  }
  const [[ownField, readOwn], ...others] = places;
  const own = readOwn(text);
  putField(tree, fieldPath(ownField), own);
  for (const [dotted, read] of others) {
    const path = fieldPath(dotted);
    if (name !== RESOURCE_PATH || valueAt(tree, path) === undefined) putField(tree, path, read(text));
  }
  return own !== undefined;
}

const valueAt = (tree: FieldTree, path: FieldPath): unknown =>
  path.reduce<unknown>((node, name) => (node as FieldTree | undefined)?.[name], tree);
