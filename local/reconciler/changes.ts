import { ENVIRONMENT } from "../../core/settings/environment";
import type { Variable } from "../../core/settings/variable";
import { oneLine, quoted } from "../../tools/text/one-line";
import type { CommonSettings } from "../event-source-mapping/common-settings";
import type { StreamMappingSettings } from "../event-source-mapping/kinesis/settings";
import { isQueueMapping, type MappingSettings } from "../event-source-mapping/settings";
import type { QueueMappingSettings } from "../event-source-mapping/sqs/settings";
import type { FunctionConfiguration } from "../lambda/configuration";
import type { LoadError } from "../lambda/instance";

/** Variables of the forwarder whose values are shown; of all others only the names, because they may be secrets. */
const SHOWN_VARIABLES = Object.entries<Variable<unknown>>(ENVIRONMENT)
  .filter(([, { mayHoldPassword }]) => !mayHoldPassword)
  .map(([name]) => name);

/** Ends the line about a function whose new invocations run other code. */
export const CODE_CHANGED = "function code changed";

type Description<T> = { readonly [K in keyof T]?: readonly [name: string, text: (value: T[K]) => string] };

const seconds = (value: number) => (Number.isFinite(value) ? `${value} s` : "no limit");
const limit = (value: number) => (Number.isFinite(value) ? String(value) : "no limit");
const onOff = (value: boolean) => (value ? "on" : "off");

/** Settings of a mapping, as change lines name them. */
const COMMON: Description<CommonSettings> = {
  functionArn: ["function", (arn) => arn.split(":function:").at(-1)!],
  batchSize: ["batch size", String],
  maximumBatchingWindowSeconds: ["batching window", seconds],
};
const RESPONSES: Description<CommonSettings> = { reportBatchItemFailures: ["report batch item failures", onOff] };

const QUEUE_MAPPING: Description<QueueMappingSettings> = {
  ...COMMON,
  maximumConcurrency: ["maximum concurrency", String],
  ...RESPONSES,
};

const STREAM_MAPPING: Description<StreamMappingSettings> = {
  ...COMMON,
  parallelizationFactor: ["parallelization factor", String],
  maximumRetryAttempts: ["maximum retry attempts", limit],
  maximumRecordAgeSeconds: ["maximum record age", seconds],
  bisectBatchOnFunctionError: ["bisect batch on function error", onOff],
  ...RESPONSES,
  onFailureBucket: ["on-failure destination", (bucket) => bucket ?? "none"],
};

const FUNCTION: Description<FunctionConfiguration> = {
  memoryMib: ["function memory", (mib) => `${mib} MiB`],
  timeoutSeconds: ["function timeout", seconds],
  handler: ["function handler", String],
  roleArn: ["function role", (arn) => arn.split("/").at(-1)!],
};

/** Each change as `batching window 5 s → 1 s`. */
export function mappingChanges(before: MappingSettings, after: MappingSettings): string[] {
  if (isQueueMapping(before)) return isQueueMapping(after) ? changes(QUEUE_MAPPING, before, after) : [];
  return isQueueMapping(after) ? [] : changes(STREAM_MAPPING, before, after);
}

/** Each change as `function memory 512 MiB → 256 MiB`. */
export function functionChanges(before: FunctionConfiguration, after: FunctionConfiguration): string[] {
  return [
    ...changes(FUNCTION, before, after),
    ...variableChanges(before.environment, after.environment),
    ...(before.codeSha256 === after.codeSha256 ? [] : [CODE_CHANGED]),
  ];
}

/** Why every invocation of a function fails, and how to fix it. */
export function loadProblem({ errorType, errorMessage }: LoadError, handler: string): string {
  const isHandler = /^Runtime\.(HandlerNotFound|MalformedHandlerName|ImportModuleError)$/.test(errorType);
  const allowed = isHandler
    ? `; its handler is ${oneLine(handler)}, expected <file>.<export> such as index.handler`
    : "";
  const until = "Its records are retried until another terraform apply fixes it; other functions are not affected.";
  return `the function cannot be loaded (${oneLine(`${errorType}: ${errorMessage}`)})${allowed}. ${until}`;
}

function changes<T>(describe: Description<T>, before: T, after: T): string[] {
  return (Object.keys(describe) as (keyof T)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => {
      const [name, text] = describe[key]!;
      return `${name} ${text(before[key])} → ${text(after[key])}`;
    });
}

function variableChanges(
  before: FunctionConfiguration["environment"],
  after: FunctionConfiguration["environment"],
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const text = (value: string | undefined) => (value === undefined ? "not set" : quoted(value));
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) =>
      SHOWN_VARIABLES.includes(name) ? `${name} ${text(before[name])} → ${text(after[name])}` : `${name} changed`,
    );
}
