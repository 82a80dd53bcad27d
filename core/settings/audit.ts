import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { integer, type Variable, type VariableValues } from "./variable";

/** The variables of the function `audit`. The table in docs/audit.md and the construct's inputs are made from these. */
export const AUDIT_ENVIRONMENT = {
  SEARCH_ENDPOINT: ENVIRONMENT.SEARCH_ENDPOINT,
  SEARCH_REGION: ENVIRONMENT.SEARCH_REGION,
  SEARCH_SECRET_ARN: ENVIRONMENT.SEARCH_SECRET_ARN,
  ARCHIVE_BUCKET: ENVIRONMENT.ARCHIVE_BUCKET,
  ARCHIVE_PREFIX: ENVIRONMENT.ARCHIVE_PREFIX,
  MIN_AGE_HOURS: {
    meaning: "Hours after the end of an hour at which it is audited. Objects are read that arrived so late.",
    default: "3",
    // Of a replay, too: later than 15 days no event arrives.
    ...integer(1, 360),
  } satisfies Variable<number>,
  LOOK_BACK_HOURS: {
    meaning: "Hours that a run audits, from the newest that is old enough back: as many as are between two runs.",
    default: "1",
    ...integer(1, 168),
  } satisfies Variable<number>,
  RECORD_MAX_BYTES: {
    ...ENVIRONMENT.RECORD_MAX_BYTES,
    meaning:
      "Maximum size of an inflated record, in bytes, as the forwarder has it. An object with a larger one cannot be read.",
  } satisfies Variable<number>,
  METRICS_NAMESPACE: ENVIRONMENT.METRICS_NAMESPACE,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: {
    ...ENVIRONMENT.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    meaning:
      "The function's memory in MiB, a quarter of which is for the ids that are compared together. Set by Lambda.",
  } satisfies Variable<number>,
  AWS_REGION: ENVIRONMENT.AWS_REGION,
  AWS_ENDPOINT_URL_S3: ENVIRONMENT.AWS_ENDPOINT_URL_S3,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: ENVIRONMENT.AWS_ENDPOINT_URL_SECRETS_MANAGER,
};

export type AuditEnvironment = VariableValues<typeof AUDIT_ENVIRONMENT>;

/**
 * Parses the environment of the function `audit`.
 *
 * @throws EnvironmentError listing every variable that is missing or not allowed
 */
export function parseAuditEnvironment(env: Record<string, string | undefined>): AuditEnvironment {
  return parseVariables(AUDIT_ENVIRONMENT, env);
}

/** Bytes of memory for each id: 17 a slot, of which at least three eighths are taken, and those of the table that is enlarged. */
const BYTES_PER_ID = 68;

/** Of the memory, for the table of ids. */
const TABLE_SHARE = 1 / 4;

/** Returns how many ids the function has room for at a time. */
export function maxAuditedIds({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryMib }: AuditEnvironment): number {
  return Math.floor((memoryMib * 1024 * 1024 * TABLE_SHARE) / BYTES_PER_ID);
}
