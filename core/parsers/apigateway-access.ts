import { accessVariables } from "./apigateway-forms";
import type { AccessVariable } from "./apigateway-variable";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, asIp, asText, type FieldReader } from "./field-values";
import { asHttpOutcome } from "./http-values";
import type { DescribedParser } from "./line-description";
import { isoText, readClfTime, readIsoTime } from "./line-times";
import { asNanoseconds } from "./nanoseconds";
import type { MemberStep, ObjectDescription, TextStep } from "./object-description";
import { describedObject } from "./object-parser";
import { type FieldTree, NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** API Gateway's own page says `requestTime` is in the Common Log Format; users also write ISO 8601 by a mapping. */
const requestTime = (text: string): number | undefined => readClfTime(text) ?? readIsoTime(text) ?? epochTime(text);

/** Of 10 or 13 digits: seconds or milliseconds, as in `requestTimeEpoch`. */
const epochTime = (text: string): number | undefined =>
  /^\d{13}$/.test(text) ? Number(text) : /^\d{10}$/.test(text) ? Number(text) * 1000 : undefined;

const asTime = withStep(
  (text: string) => {
    const ms = requestTime(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.anyTime },
);
const asVersion = withStep((text: string) => asText(text.replace(/^HTTP\//, "")), { op: SpanOp.afterHttp });
/** A resource such as `/pets/{petId}` is not what the client asked for. */
const asPath = withStep((text: string) => (text.startsWith("/") && !text.includes("{") ? text : undefined), {
  op: SpanOp.plainPath,
});

type Target = readonly [path: FieldPath, read: FieldReader];

/**
 * Variables with fields besides `aws.apigateway.<name>`: "Variables for access logging for API Gateway" in its developer guide.
 * Those of the second column are other names that formats give them.
 */
const VARIABLES: readonly (readonly [names: readonly string[], own: FieldReader, ...ecs: [string, FieldReader][]])[] = [
  [["request_id"], asText, ["http.request.id", asText]],
  [["ip_address", "ip", "source_ip", "identity_source_ip"], asText, ["source.address", asText], ["source.ip", asIp]],
  [["caller", "identity_caller"], asText],
  [["user", "identity_user"], asText],
  [["request_time_epoch"], asInteger, ["event.start", asTime]],
  [["request_time"], asTime, ["event.start", asTime]],
  [["http_method", "method"], asText, ["http.request.method", asText]],
  [["resource_path"], asText, ["url.path", asPath]],
  [["path"], asText, ["url.path", asText]],
  [["protocol"], asText, ["http.version", asVersion]],
  [["status"], asInteger, ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  [["response_length"], asInteger, ["http.response.body.bytes", asInteger]],
  [["response_latency"], asInteger, ["event.duration", asNanoseconds("ms")]],
  [["user_agent", "identity_user_agent"], asText, ["user_agent.original", asText]],
];

const OWN = "aws.apigateway";
const ownPath = (name: string): FieldPath => [...fieldPath(OWN), name];

const TARGETS: ReadonlyMap<string, readonly [own: Target, ...ecs: Target[]]> = new Map(
  VARIABLES.flatMap(([names, own, ...ecs]) => {
    const targets: [own: Target, ...ecs: Target[]] = [
      [ownPath(names[0]!), own],
      ...ecs.map(([path, read]): Target => [fieldPath(path), read]),
    ];
    return names.map((name) => [name, targets] as const);
  }),
);

/** Latencies are in milliseconds; the status of each phase is a number, too. */
const NUMBERS = /^(?:\w*_)?(?:latency|status|length|epoch|processed)$/;

const IDS: ReadonlySet<string> = new Set(["request_id", "extended_request_id"]);

/** Names of which one is in every line beside the id: what else has a `requestId`, such as Lambda's JSON, is no access. */
const EVIDENCE: ReadonlySet<string> = new Set([
  ...["http_method", "method", "route_key", "resource_path", "event_type", "connection_id", "status"],
  ...["request_time", "request_time_epoch", "ip", "source_ip", "identity_source_ip"],
]);

/** The URL's path, which `path` has rather than `resource_path`, whichever comes first in the line. */
const RESOURCE_PATH = "resource_path";

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
  return describedObject(DESCRIPTION, (message) => {
    const variables = accessVariables(message, fields);
    if (!variables?.some(([name]) => IDS.has(name)) || !variables.some(([name]) => EVIDENCE.has(name)))
      return undefined;
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
      if (name === "request_time" || name === "request_time_epoch") time = requestTime(text) ?? time;
      if (!isFirst || !putVariable(tree, variable, text)) surplus.push(text);
    }
    if (surplus.length > 0) putField(tree, ownPath("additional_fields"), surplus);
    return { fields: tree, ...(message.startsWith("{") && { isJson: true }), ...(time !== undefined && { time }) };
  });
}

/** @returns false for a text that has no place: it is none of its field's kind, or has no name */
function putVariable(tree: FieldTree, [name, value]: AccessVariable, text: string): boolean {
  if (asText(text) === undefined) return true;
  const targets = TARGETS.get(name);
  if (targets === undefined) {
    const own = NUMBERS.test(name) ? asInteger(text) : value;
    if (name === "" || own === undefined) return false;
    putField(tree, ownPath(name), own);
    return true;
  }
  const [[ownField, readOwn], ...others] = targets;
  const own = readOwn(text);
  putField(tree, ownField, own);
  for (const [path, read] of others) {
    if (name !== RESOURCE_PATH || valueAt(tree, path) === undefined) putField(tree, path, read(text));
  }
  return own !== undefined;
}

const valueAt = (tree: FieldTree, path: FieldPath): unknown =>
  path.reduce<unknown>((node, name) => (node as FieldTree | undefined)?.[name], tree);
