import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { integer, onOff, type Variable, type VariableValues } from "./variable";

/** Without the default: what is deleted must be said. */
const { default: _, ...INDEX_PREFIX } = ENVIRONMENT.INDEX_PREFIX;

/** The variables of the clean-up function. The table in docs/indices.md and the constructs' inputs are made from these. */
export const INDEX_CLEANUP_ENVIRONMENT = {
  SEARCH_ENDPOINT: ENVIRONMENT.SEARCH_ENDPOINT,
  SEARCH_REGION: ENVIRONMENT.SEARCH_REGION,
  SEARCH_SECRET_ARN: ENVIRONMENT.SEARCH_SECRET_ARN,
  PIPELINE_NAME: {
    ...INDEX_PREFIX,
    meaning: "Name of the pipeline. An index whose mapping names another one stays.",
  } satisfies Variable<string>,
  INDEX_PREFIX,
  INDEX_PERIOD: ENVIRONMENT.INDEX_PERIOD,
  INDEX_HISTORY: ENVIRONMENT.INDEX_HISTORY,
  KEEP_DAYS: {
    meaning: "Days that an index is kept after the end of its period. 0: no such rule.",
    default: "0",
    ...integer(0, 3650),
  } satisfies Variable<number>,
  KEEP_COUNT: {
    meaning:
      "Number of indices that are kept of each log group or shared index, the newest, the current one included. 0: no such rule.",
    default: "0",
    ...integer(0, 10_000),
  } satisfies Variable<number>,
  MAX_DISK_PERCENT: {
    meaning:
      "Share of the data nodes' disks, in percent, above which the oldest indices are deleted, until less is used. 0: no such rule.",
    default: "0",
    ...integer(0, 95),
  } satisfies Variable<number>,
  MAX_DELETIONS_PER_RUN: {
    meaning: "Maximum number of indices that one run deletes; the next run continues.",
    default: "500",
    ...integer(1, 10_000),
  } satisfies Variable<number>,
  DRY_RUN: {
    meaning: "Whether the indices are only logged, and none is deleted.",
    allowed: "on or off",
    default: "off",
    parse: onOff,
  } satisfies Variable<boolean>,
  METRICS_NAMESPACE: ENVIRONMENT.METRICS_NAMESPACE,
  AWS_REGION: ENVIRONMENT.AWS_REGION,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: ENVIRONMENT.AWS_ENDPOINT_URL_SECRETS_MANAGER,
};

export type IndexCleanupEnvironment = VariableValues<typeof INDEX_CLEANUP_ENVIRONMENT>;

/**
 * Parses the clean-up function's environment.
 *
 * @throws EnvironmentError listing every variable that is missing or not allowed, and the lack of a rule
 */
export function parseIndexCleanupEnvironment(env: Record<string, string | undefined>): IndexCleanupEnvironment {
  return parseVariables(INDEX_CLEANUP_ENVIRONMENT, env, ({ KEEP_DAYS, KEEP_COUNT, MAX_DISK_PERCENT }) =>
    KEEP_DAYS === 0 && KEEP_COUNT === 0 && MAX_DISK_PERCENT === 0
      ? ["KEEP_DAYS, KEEP_COUNT and MAX_DISK_PERCENT are 0. Allowed: at least one of them above 0."]
      : [],
  );
}
