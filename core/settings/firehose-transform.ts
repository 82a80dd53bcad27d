import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { textOneOf, type Variable, type VariableValues } from "./variable";

/** The variables of the function `firehose-transform`. The table in docs/firehose.md and the constructs' inputs are made from these. */
export const FIREHOSE_TRANSFORM_ENVIRONMENT = {
  DESTINATION: {
    meaning:
      "What the stream delivers to. `search`: a record is one event, and becomes one document. `s3`: a record may hold several lines, and each document ends with a line break.",
    allowed: "search or s3",
    default: "search",
    ...textOneOf("search", "s3"),
  } satisfies Variable<FirehoseDestination>,
  TIME_FIELD: ENVIRONMENT.TIME_FIELD,
  PARSER: ENVIRONMENT.PARSER,
  PARSER_FIELDS: ENVIRONMENT.PARSER_FIELDS,
  KEEP_MESSAGE: ENVIRONMENT.KEEP_MESSAGE,
  EVENT_ORIGINAL: ENVIRONMENT.EVENT_ORIGINAL,
  EXTRACT_FIELDS: ENVIRONMENT.EXTRACT_FIELDS,
  RULES: ENVIRONMENT.RULES,
  METRICS_NAMESPACE: ENVIRONMENT.METRICS_NAMESPACE,
};

/** Where a Firehose stream delivers what was transformed. */
export type FirehoseDestination = "search" | "s3";

export type FirehoseTransformEnvironment = VariableValues<typeof FIREHOSE_TRANSFORM_ENVIRONMENT>;

/**
 * Parses the environment of the function `firehose-transform`.
 *
 * @param errorsAmong see `parseVariables`: `patternErrors`
 * @throws EnvironmentError, see `parseVariables`
 */
export function parseFirehoseTransformEnvironment(
  env: Record<string, string | undefined>,
  errorsAmong?: (values: Partial<FirehoseTransformEnvironment>) => readonly string[],
): FirehoseTransformEnvironment {
  return parseVariables(FIREHOSE_TRANSFORM_ENVIRONMENT, env, errorsAmong);
}
