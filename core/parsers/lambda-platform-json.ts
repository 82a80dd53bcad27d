import { isObject, memberOf, parsedObject } from "../json/object";
import { type FieldPath, fieldPath, putField } from "./field-path";
import { asDecimal, asInteger, type FieldReader } from "./field-values";
import type { FieldTree, FieldValue, MessageParser } from "./parsed-message";

/** `"type":"platform.report"` stands behind the time, or before it. */
const TYPE = '"platform.';
const TYPE_WITHIN = 100;

/** See `DescribedParser`. */
export const PLATFORM_OBJECTS = { text: TYPE, withinCharacters: TYPE_WITHIN } as const;

type JsonReader = (value: unknown) => FieldValue | undefined;

const text: JsonReader = (value) => (typeof value === "string" && value !== "" ? value : undefined);
const texts: JsonReader = (value) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
const number =
  (read: FieldReader): JsonReader =>
  (value) =>
    typeof value === "number" ? read(String(value)) : undefined;
const decimal = number(asDecimal);
const integer = number(asInteger);
/** `Root=1-5f…;Parent=…;Sampled=1`: the trace's id is that of the text form's `XRAY TraceId`. */
const traceId: JsonReader = (value) => (typeof value === "string" ? /^Root=([\w-]{1,64})/.exec(value)?.[1] : undefined);

/**
 * Members of `record` that the text form has too, and those that ECS knows, by the Lambda Developer Guide, "Lambda Telemetry API `Event`
 * schema reference". All others are fields by their own names, as those of each JSON message.
 */
const FIELDS: readonly [member: string, path: FieldPath, read: JsonReader][] = [
  ["requestId", fieldPath("faas.execution"), text],
  ["functionName", fieldPath("faas.name"), text],
  ["functionArn", fieldPath("faas.id"), text],
  ["functionVersion", fieldPath("faas.version"), text],
  ["version", fieldPath("faas.version"), text],
  ["errorType", fieldPath("error.type"), text],
  ["tracing.value", fieldPath("trace.id"), traceId],
  ["runtimeVersion", fieldPath("aws.lambda.runtime_version"), text],
  ["runtimeVersionArn", fieldPath("aws.lambda.runtime_version_arn"), text],
  ["phase", fieldPath("aws.lambda.phase"), text],
  ["status", fieldPath("aws.lambda.status"), text],
  ["name", fieldPath("aws.lambda.extension_name"), text],
  ["state", fieldPath("aws.lambda.extension_state"), text],
  ["events", fieldPath("aws.lambda.extension_events"), texts],
  ["types", fieldPath("aws.lambda.extension_types"), texts],
  ["metrics.durationMs", fieldPath("aws.lambda.duration_ms"), decimal],
  ["metrics.billedDurationMs", fieldPath("aws.lambda.billed_duration_ms"), decimal],
  ["metrics.memorySizeMB", fieldPath("aws.lambda.memory_size_mb"), integer],
  ["metrics.maxMemoryUsedMB", fieldPath("aws.lambda.max_memory_used_mb"), integer],
  ["metrics.initDurationMs", fieldPath("aws.lambda.init_duration_ms"), decimal],
  ["metrics.restoreDurationMs", fieldPath("aws.lambda.restore_duration_ms"), decimal],
  ["metrics.billedRestoreDurationMs", fieldPath("aws.lambda.billed_restore_duration_ms"), decimal],
];

/** The duration of an initialization or restore is that of the text form's `INIT_REPORT` and `RESTORE_REPORT`. */
const DURATIONS: ReadonlyMap<unknown, FieldPath> = new Map([
  ["platform.initReport", fieldPath("aws.lambda.init_duration_ms")],
  ["platform.restoreReport", fieldPath("aws.lambda.restore_duration_ms")],
]);

/**
 * Parses the events that Lambda writes with the log format JSON: `{"time":…,"type":"platform.report","record":{…}}`, of whatever type.
 * Their members stay fields as they are; beside them are those that the text form has.
 */
export const lambdaPlatformJson: MessageParser = (message) => {
  if (!message.startsWith("{") || !message.slice(0, TYPE_WITHIN).includes(TYPE)) return undefined;
  const event = parsedObject(message);
  if (event === undefined || typeof event.type !== "string" || !event.type.startsWith("platform.")) return undefined;
  const { type, record } = event;
  if (!isObject(record)) return undefined;
  const fields: FieldTree = { aws: { lambda: { event_type: type } } };
  for (const [member, path, read] of FIELDS) {
    const isDuration = member === "metrics.durationMs";
    putField(fields, (isDuration && DURATIONS.get(type)) || path, read(memberOf(record, member)));
  }
  if (type === "platform.report") {
    const { metrics } = record;
    const isColdStart = isObject(metrics) && ("initDurationMs" in metrics || "restoreDurationMs" in metrics);
    putField(fields, ["faas", "coldstart"], isColdStart);
  }
  return { fields, json: message };
};
