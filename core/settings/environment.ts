import { eventMetricErrors } from "./event-metric-errors";
import { METRICS_VARIABLE } from "./event-metrics-variable";
import { INDEX_NAME_PART } from "./index-history";
import { INDEX_HISTORY, INDEX_NAME, NAME_OR_NOTHING } from "./index-name-variables";
import { INDEX_PERIODS, type IndexPeriod } from "./index-periods";
import { historyErrors, LOG_GROUPS_ALLOWED, type LogGroupException, parseLogGroups } from "./log-groups";
import { MESSAGE_VARIABLES } from "./message-variables";
import { ORIGIN_ALLOWED, parseOrigin } from "./origin";
import { parseVariables } from "./parse-variables";
import { parseSearchEndpoint, SEARCH_ENDPOINT_ALLOWED } from "./search-endpoint";
import { integer, onOff, textMatching, textOneOf, type Variable, type VariableValues } from "./variable";

const MIB = 1024 * 1024;

const ORIGIN_OR_NOTHING = {
  allowed: ORIGIN_ALLOWED,
  mayHoldPassword: true,
  default: "",
  parse: (value: string) => (value === "" ? "" : parseOrigin(value)),
} as const;

/** Source: Kinesis API Reference, "StreamDescription". */
const STREAM_ARN_OR_NOTHING =
  /^(arn:aws[a-z-]*:kinesis:[a-z]{2,5}(-[a-z]+)+-\d+:\d{12}:stream\/[A-Za-z0-9_.-]{1,128})?$/;

/** Source: Secrets Manager API Reference, "CreateSecret": Name; its ARN has six more characters. */
const SECRET_ARN_OR_NOTHING =
  /^(arn:aws[a-z-]*:secretsmanager:[a-z]{2,5}(-[a-z]+)+-\d+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519})?$/;

/** The forwarder's variables. The table in docs/forwarder.md and the constructs' inputs are made from these. */
export const ENVIRONMENT = {
  SEARCH_ENDPOINT: {
    meaning: "The OpenSearch or Elasticsearch endpoint that events are sent to.",
    allowed: SEARCH_ENDPOINT_ALLOWED,
    mayHoldPassword: true,
    parse: parseSearchEndpoint,
  } satisfies Variable<string>,
  SEARCH_REGION: {
    meaning:
      "Region that requests to `SEARCH_ENDPOINT` are signed for. Empty: the one that its host names, as in search-logs-abc.eu-central-1.es.amazonaws.com, or else `AWS_REGION`.",
    allowed: "nothing, or a region's name, e.g. eu-central-1",
    default: "",
    ...textMatching(/^([a-z]{2,5}(-[a-z]+)+-\d+)?$/),
  } satisfies Variable<string>,
  SEARCH_SECRET_ARN: {
    meaning:
      "ARN of the secret of Secrets Manager that holds user and password, or an API key, of `SEARCH_ENDPOINT`. Empty: requests are signed with the credentials of the function's role.",
    allowed:
      "nothing, or the ARN of a secret, such as arn:aws:secretsmanager:eu-central-1:111111111111:secret:search-AbCdEf",
    default: "",
    ...textMatching(SECRET_ARN_OR_NOTHING),
  } satisfies Variable<string>,
  TARGET_STREAM_ARN: {
    meaning:
      "ARN of a Kinesis stream that events are put into, as lines of JSON, in place of `SEARCH_ENDPOINT`, which then is not set. Empty: none.",
    allowed: "nothing, or the ARN of a stream, such as arn:aws:kinesis:eu-central-1:111111111111:stream/app-logs",
    default: "",
    ...textMatching(STREAM_ARN_OR_NOTHING),
  } satisfies Variable<string>,
  INDEX_PREFIX: {
    meaning: "Prefix of every index name: `<prefix><log group>-<period>`.",
    allowed: "1 to 100 of a-z 0-9 . _ -, the first a letter or digit",
    default: "cwl-",
    ...textMatching(INDEX_NAME_PART),
  } satisfies Variable<string>,
  INDEX_NAME,
  INDEX_PERIOD: {
    meaning: "Period that an index holds the events of, by their own time in UTC.",
    allowed: INDEX_PERIODS.join(", "),
    default: "day",
    parse: (value) => INDEX_PERIODS.find((period) => period === value),
  } satisfies Variable<IndexPeriod>,
  INDEX_HISTORY,
  INDEX_TEMPLATE: {
    meaning:
      "Name of the index template, and of the lifecycle policy, that the function puts before its first write. Empty: none.",
    ...NAME_OR_NOTHING,
  } satisfies Variable<string>,
  INDEX_SHARDS: {
    meaning: "Number of primary shards of a new index, in the index template.",
    default: "1",
    ...integer(1, 1024),
  } satisfies Variable<number>,
  INDEX_REPLICAS: {
    meaning: "Maximum number of replicas of an index, in the index template; fewer where there are fewer nodes.",
    default: "1",
    ...integer(0, 20),
  } satisfies Variable<number>,
  INDEX_REFRESH_INTERVAL_SECONDS: {
    meaning: "Time after which an event can be found, in seconds, in the index template.",
    default: "1",
    ...integer(1, 3600),
  } satisfies Variable<number>,
  INDEX_SORT: {
    meaning: "Order of the events in an index, in the index template: `time`, the latest first, or as they come.",
    allowed: "none or time",
    default: "none",
    ...textOneOf("none", "time"),
  } satisfies Variable<"none" | "time">,
  INDEX_RETENTION_DAYS: {
    meaning: "Days after the end of its period at which the lifecycle policy deletes an index. 0: no policy is put.",
    default: "0",
    ...integer(0, 3650),
  } satisfies Variable<number>,
  ARCHIVE_BUCKET: {
    meaning: "Name of the archive bucket.",
    allowed: "a bucket name: 3 to 63 of a-z 0-9 . -, the first and last a letter or digit",
    ...textMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  } satisfies Variable<string>,
  ARCHIVE_PREFIX: {
    meaning: "Prefix of every object key in the archive.",
    allowed:
      'nothing, or up to 256 of A-Z a-z 0-9 . _ = - in segments, each of which ends with "/" and does not begin with "."',
    default: "",
    ...textMatching(/^.{0,256}$/, /^([A-Za-z0-9_=-][A-Za-z0-9._=-]*\/)*$/),
  } satisfies Variable<string>,
  ARCHIVE_LAYOUT: {
    meaning:
      "What an object of the archive holds of a batch and hour: the events of one log group, or of all that share the stream.",
    default: "log-group",
    allowed: "log-group or stream",
    ...textOneOf("log-group", "stream"),
  } satisfies Variable<"log-group" | "stream">,
  BULK_MAX_BYTES: {
    meaning: "Maximum size of a `_bulk` request, in bytes. A larger event is sent in a request of its own.",
    default: String(5 * MIB),
    ...integer(64 * 1024, 100 * MIB),
  } satisfies Variable<number>,
  RECORD_MAX_BYTES: {
    meaning: "Maximum size of an inflated record, in bytes. A larger record is dead-lettered.",
    default: String(32 * MIB),
    ...integer(MIB, 256 * MIB),
  } satisfies Variable<number>,
  BULK_REQUESTS: {
    meaning: "Maximum number of concurrent `_bulk` requests. Each holds up to `BULK_MAX_BYTES` in memory.",
    default: "2",
    ...integer(1, 16),
  } satisfies Variable<number>,
  REQUEST_TIMEOUT_SECONDS: {
    meaning: "Timeout of one request to the search endpoint or to S3, in seconds.",
    default: "30",
    ...integer(1, 300),
  } satisfies Variable<number>,
  COMPRESS_REQUESTS: {
    meaning: "Whether the bodies of `_bulk` requests are gzipped; `BULK_MAX_BYTES` limits them as they are before.",
    allowed: "on or off",
    default: "off",
    parse: onOff,
  } satisfies Variable<boolean>,
  TIME_FIELD: {
    meaning:
      "Field that holds an event's time, in JSON that applications write to the stream themselves. Empty: the first of `@timestamp`, `timestamp`, `Timestamp` and `time` that has one.",
    allowed: "a field's name of up to 256 characters without spaces and quotes; dots lead into objects",
    default: "",
    ...textMatching(/^[^\s"]{0,256}$/),
  } satisfies Variable<string>,
  ...MESSAGE_VARIABLES,
  METRICS: METRICS_VARIABLE,
  LOG_GROUPS: {
    meaning:
      "Log groups for whose events other values hold than those of the function's variables. What a log group's variables do not say, the function's do.",
    allowed: LOG_GROUPS_ALLOWED,
    default: "[]",
    parse: (value) => parseLogGroups(value).exceptions,
    mistakesIn: (value, path) => parseLogGroups(value, path).errors,
  } satisfies Variable<readonly LogGroupException[]>,
  FAST_PATH: {
    meaning:
      "Whether the WASM encoder writes documents; `off`: the plain path writes all of them, the same but more slowly.",
    allowed: "on or off",
    default: "on",
    parse: onOff,
  } satisfies Variable<boolean>,
  METRICS_NAMESPACE: {
    meaning: "CloudWatch namespace of the function's metrics, which its log contains. Empty: no metrics.",
    allowed: 'nothing, or up to 255 of A-Z a-z 0-9 . _ # / : - that do not begin with "AWS/"',
    default: "",
    ...textMatching(/^[A-Za-z0-9._#/:-]{0,255}$/, /^($|[^A]|A($|[^W])|AW($|[^S])|AWS($|[^/]))/),
  } satisfies Variable<string>,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: {
    meaning: "The function's memory in MiB: `RECORD_MAX_BYTES` counts up to a sixteenth of it. Set by Lambda.",
    default: "512",
    ...integer(128, 10_240),
  } satisfies Variable<number>,
  AWS_REGION: {
    meaning: "Region of the function, which requests to its other services are signed for. Set by Lambda.",
    allowed: "a region's name, e.g. eu-central-1",
    ...textMatching(/^[a-z]{2,5}(-[a-z]+)+-\d+$/),
  } satisfies Variable<string>,
  AWS_ENDPOINT_URL_S3: {
    meaning: "Another endpoint for S3 (the AWS SDKs' own variable); buckets are then addressed by path.",
    ...ORIGIN_OR_NOTHING,
  } satisfies Variable<string>,
  AWS_ENDPOINT_URL_KINESIS: {
    meaning: "Another endpoint for Kinesis (the AWS SDKs' own variable), for `TARGET_STREAM_ARN`.",
    ...ORIGIN_OR_NOTHING,
  } satisfies Variable<string>,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: {
    meaning: "Another endpoint for Secrets Manager (the AWS SDKs' own variable), for `SEARCH_SECRET_ARN`.",
    ...ORIGIN_OR_NOTHING,
  } satisfies Variable<string>,
};

/** The values of `variables`, by name. */
export type Environment = VariableValues<typeof ENVIRONMENT>;

/** What the modules set INDEX_RETENTION_DAYS to for the domain that they make: a small one of the default size is full after about a month. */
export const OWN_DOMAIN_RETENTION_DAYS = 30;

/** A record takes up to this many times its size in memory, and what the function has besides: docs/decisions/0027-memory.md. */
export const MEMORY_PER_RECORD_BYTE = 16;

/** Maximum size of an inflated record that a function with this memory has room for, in bytes. */
export function recordMaxBytes(
  environment: Pick<Environment, "RECORD_MAX_BYTES" | "AWS_LAMBDA_FUNCTION_MEMORY_SIZE">,
): number {
  const { RECORD_MAX_BYTES, AWS_LAMBDA_FUNCTION_MEMORY_SIZE } = environment;
  return Math.min(RECORD_MAX_BYTES, (AWS_LAMBDA_FUNCTION_MEMORY_SIZE * MIB) / MEMORY_PER_RECORD_BYTE);
}

/**
 * Parses the forwarder's environment.
 *
 * @param errorsAmong see `parseVariables`: `patternErrors`
 * @throws EnvironmentError, see `parseVariables`; also for a search endpoint beside a target stream
 */
export function parseEnvironment(
  env: Record<string, string | undefined>,
  errorsAmong?: (values: Partial<Environment>) => readonly string[],
): Environment {
  const variables: typeof ENVIRONMENT = env.TARGET_STREAM_ARN
    ? { ...ENVIRONMENT, SEARCH_ENDPOINT: NOT_NEEDED }
    : ENVIRONMENT;
  return parseVariables(variables, env, (values) => [
    ...historyErrors(values),
    ...eventMetricErrors(values),
    ...(errorsAmong?.(values) ?? []),
  ]);
}

/** Beside a target stream: events go to one of the two, and nobody shall wonder which. */
const NOT_NEEDED = {
  ...ENVIRONMENT.SEARCH_ENDPOINT,
  ...{ allowed: "nothing beside TARGET_STREAM_ARN", default: "", parse: (value: string) => value && undefined },
};
