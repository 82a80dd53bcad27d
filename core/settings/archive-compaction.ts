import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { integer, type Variable, type VariableValues } from "./variable";

/** The variables of the function `archive-compaction`. The table in docs/archive.md and the construct's inputs are made from these. */
export const ARCHIVE_COMPACTION_ENVIRONMENT = {
  ARCHIVE_BUCKET: ENVIRONMENT.ARCHIVE_BUCKET,
  ARCHIVE_PREFIX: ENVIRONMENT.ARCHIVE_PREFIX,
  MIN_AGE_HOURS: {
    meaning:
      "Hours after the end of an hour at which its objects are compacted: beyond the streams' retention, so that no retry writes one of them.",
    // Source: Kinesis API Reference, IncreaseStreamRetentionPeriod: 24 to 8,760 hours.
    ...integer(24, 8_761),
  } satisfies Variable<number>,
  LOOK_BACK_HOURS: {
    meaning: "Hours that a run looks at, from the newest that is old enough back.",
    default: "72",
    ...integer(1, 8_760),
  } satisfies Variable<number>,
  METRICS_NAMESPACE: ENVIRONMENT.METRICS_NAMESPACE,
  AWS_REGION: ENVIRONMENT.AWS_REGION,
  AWS_ENDPOINT_URL_S3: ENVIRONMENT.AWS_ENDPOINT_URL_S3,
};

export type ArchiveCompactionEnvironment = VariableValues<typeof ARCHIVE_COMPACTION_ENVIRONMENT>;

/**
 * Parses the environment of the function `archive-compaction`.
 *
 * @throws EnvironmentError listing every variable that is missing or not allowed
 */
export function parseArchiveCompactionEnvironment(
  env: Record<string, string | undefined>,
): ArchiveCompactionEnvironment {
  return parseVariables(ARCHIVE_COMPACTION_ENVIRONMENT, env);
}
