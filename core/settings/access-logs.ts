import { ACCESS_LOG_SOURCES_ALLOWED, type AccessLogSource, parseAccessLogSources } from "./access-log-sources";
import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { parseQueueUrl, QUEUE_URL_ALLOWED } from "./queue-url";
import type { Variable, VariableValues } from "./variable";

/** The variables of the function `access-logs`. The table in docs/access-logs.md and the construct's inputs are made from these. */
export const ACCESS_LOGS_ENVIRONMENT = {
  SEARCH_ENDPOINT: ENVIRONMENT.SEARCH_ENDPOINT,
  SEARCH_REGION: ENVIRONMENT.SEARCH_REGION,
  SEARCH_SECRET_ARN: ENVIRONMENT.SEARCH_SECRET_ARN,
  ACCESS_LOG_SOURCES: {
    meaning: "Buckets and prefixes of access logs, with format and index of each.",
    allowed: ACCESS_LOG_SOURCES_ALLOWED,
    parse: (value) => parseAccessLogSources(value).sources,
    mistakesIn: (value) => parseAccessLogSources(value).errors,
  } satisfies Variable<readonly AccessLogSource[]>,
  QUEUE_URL: {
    meaning: "The queue that invokes the function: it puts a message there to continue with an object.",
    allowed: QUEUE_URL_ALLOWED,
    mayHoldPassword: true,
    parse: parseQueueUrl,
  } satisfies Variable<string>,
  QUARANTINE_BUCKET: {
    ...ENVIRONMENT.ARCHIVE_BUCKET,
    meaning: "Bucket of rejected lines and of messages whose object cannot be read: the archive bucket.",
  } satisfies Variable<string>,
  QUARANTINE_PREFIX: {
    ...ENVIRONMENT.ARCHIVE_PREFIX,
    meaning: "Prefix of every key in the quarantine, before `access-logs/`.",
  } satisfies Variable<string>,
  INDEX_PREFIX: {
    ...ENVIRONMENT.INDEX_PREFIX,
    meaning: "Prefix of every index name: `<prefix><source's index, or the format>-<period>`.",
  } satisfies Variable<string>,
  INDEX_PERIOD: ENVIRONMENT.INDEX_PERIOD,
  INDEX_HISTORY: ENVIRONMENT.INDEX_HISTORY,
  INDEX_TEMPLATE: ENVIRONMENT.INDEX_TEMPLATE,
  INDEX_SHARDS: ENVIRONMENT.INDEX_SHARDS,
  INDEX_REPLICAS: ENVIRONMENT.INDEX_REPLICAS,
  INDEX_REFRESH_INTERVAL_SECONDS: ENVIRONMENT.INDEX_REFRESH_INTERVAL_SECONDS,
  INDEX_SORT: ENVIRONMENT.INDEX_SORT,
  INDEX_RETENTION_DAYS: ENVIRONMENT.INDEX_RETENTION_DAYS,
  BULK_MAX_BYTES: ENVIRONMENT.BULK_MAX_BYTES,
  BULK_REQUESTS: ENVIRONMENT.BULK_REQUESTS,
  REQUEST_TIMEOUT_SECONDS: ENVIRONMENT.REQUEST_TIMEOUT_SECONDS,
  COMPRESS_REQUESTS: ENVIRONMENT.COMPRESS_REQUESTS,
  KEEP_MESSAGE: ENVIRONMENT.KEEP_MESSAGE,
  EVENT_ORIGINAL: ENVIRONMENT.EVENT_ORIGINAL,
  EXTRACT_FIELDS: ENVIRONMENT.EXTRACT_FIELDS,
  RULES: ENVIRONMENT.RULES,
  METRICS_NAMESPACE: ENVIRONMENT.METRICS_NAMESPACE,
  AWS_REGION: ENVIRONMENT.AWS_REGION,
  AWS_ENDPOINT_URL_S3: ENVIRONMENT.AWS_ENDPOINT_URL_S3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: ENVIRONMENT.AWS_ENDPOINT_URL_SECRETS_MANAGER,
  AWS_ENDPOINT_URL_SQS: {
    ...ENVIRONMENT.AWS_ENDPOINT_URL_S3,
    meaning: "Another endpoint for SQS (the AWS SDKs' own variable), in place of the host of `QUEUE_URL`.",
  } satisfies Variable<string>,
};

export type AccessLogsEnvironment = VariableValues<typeof ACCESS_LOGS_ENVIRONMENT>;

/**
 * Parses the environment of the function `access-logs`.
 *
 * @param errorsAmong see `parseVariables`: `patternErrors`
 * @throws EnvironmentError, see `parseVariables`
 */
export function parseAccessLogsEnvironment(
  env: Record<string, string | undefined>,
  errorsAmong?: (values: Partial<AccessLogsEnvironment>) => readonly string[],
): AccessLogsEnvironment {
  return parseVariables(ACCESS_LOGS_ENVIRONMENT, env, errorsAmong);
}
