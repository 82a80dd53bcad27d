import type { FieldPlace } from "./field-put";
import { asInteger, asIp, asText, type FieldReader } from "./field-values";
import { asHttpOutcome } from "./http-values";
import { isoText, readClfTime, readIsoTime } from "./line-times";
import { asNanoseconds } from "./nanoseconds";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** API Gateway's own page says `requestTime` is in the Common Log Format; users also write ISO 8601 by a mapping. */
const readRequestTime = (text: string): number | undefined => readClfTime(text) ?? readIsoTime(text) ?? epochTime(text);

/** Of 10 or 13 digits: seconds or milliseconds, as in `requestTimeEpoch`. */
const epochTime = (text: string): number | undefined =>
  /^\d{13}$/.test(text) ? Number(text) : /^\d{10}$/.test(text) ? Number(text) * 1000 : undefined;

const asTime = withStep(
  (text: string) => {
    const ms = readRequestTime(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.anyTime },
);
const asVersion = withStep((text: string) => asText(text.replace(/^HTTP\//, "")), { op: SpanOp.afterHttp });
/** A resource such as `/pets/{petId}` is not what the client asked for. */
const asPath = withStep((text: string) => (text.startsWith("/") && !text.includes("{") ? text : undefined), {
  op: SpanOp.plainPath,
});

/** The URL's path, which `path` has rather than `resource_path`, whichever comes first in the line. */
export const RESOURCE_PATH = "resource_path";

/** Where the service's own fields are. */
export const OWN = "aws.apigateway";

/** Variables of a line's time. */
const TIMES: ReadonlySet<string> = new Set(["request_time", "request_time_epoch"]);

/** The time that a variable is of a line, in ms since the epoch; undefined: it is none. */
export const requestTime = (name: string, text: string): number | undefined =>
  TIMES.has(name) ? readRequestTime(text) : undefined;

/**
 * Variables with fields besides `aws.apigateway.<name>`: "Variables for access logging for API Gateway" in its developer guide.
 * Those of the second column are other names that formats give them.
 */
export const VARIABLES: readonly (readonly [
  names: readonly string[],
  own: FieldReader,
  ...ecs: readonly FieldPlace[],
])[] = [
  [["request_id"], asText, ["http.request.id", asText]],
  [["ip_address", "ip", "source_ip", "identity_source_ip"], asText, ["source.address", asText], ["source.ip", asIp]],
  [["caller", "identity_caller"], asText],
  [["user", "identity_user"], asText],
  [["request_time_epoch"], asInteger, ["event.start", asTime]],
  [["request_time"], asTime, ["event.start", asTime]],
  [["http_method", "method"], asText, ["http.request.method", asText]],
  [[RESOURCE_PATH], asText, ["url.path", asPath]],
  [["path"], asText, ["url.path", asText]],
  [["protocol"], asText, ["http.version", asVersion]],
  [["status"], asInteger, ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  [["response_length"], asInteger, ["http.response.body.bytes", asInteger]],
  [["response_latency"], asInteger, ["event.duration", asNanoseconds("ms")]],
  [["user_agent", "identity_user_agent"], asText, ["user_agent.original", asText]],
];

/** Latencies are in milliseconds; the status of each phase is a number, too. */
export const NUMBERS = /^(?:\w*_)?(?:latency|status|length|epoch|processed)$/;

/** Names of which one is in every line. */
export const IDS: ReadonlySet<string> = new Set(["request_id", "extended_request_id"]);

/** Names of which one is in every line beside the id: what else has a `requestId`, such as Lambda's JSON, is no access. */
export const EVIDENCE: ReadonlySet<string> = new Set([
  ...["http_method", "method", "route_key", RESOURCE_PATH, "event_type", "connection_id", "status"],
  ...["request_time", "request_time_epoch", "ip", "source_ip", "identity_source_ip"],
]);

/** Of a variable: its own field first. */
type VariablePlaces = readonly [own: FieldPlace, ...ecs: FieldPlace[]];

const PLACES: ReadonlyMap<string, VariablePlaces> = new Map(
  VARIABLES.flatMap(([names, own, ...ecs]) =>
    names.map((name) => [name, [[`${OWN}.${names[0]}`, own], ...ecs]] as const),
  ),
);

/** Where a variable goes; undefined: it has its own field only. */
export const placesOfVariable = (name: string): VariablePlaces | undefined => PLACES.get(name);
