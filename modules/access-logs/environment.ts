import type { Precondition } from "cdktf";
import type { ACCESS_LOGS_ENVIRONMENT } from "../../core/settings/access-logs";
import { PIPELINE_PARSER } from "../../core/settings/parser-choice";
import { environmentsFit, LONGEST_BUCKET } from "../aws/environment-size";
import { requestVariables, templateVariables, withGiven } from "../logging-pipeline/function-environment";
import { indexHistoryOf } from "../logging-pipeline/index-names";
import { ownMessageVariables } from "../logging-pipeline/messages";
import { metricsNamespace } from "../logging-pipeline/metrics-namespace";
import { engineAccessVariables } from "../logging-pipeline/search-endpoint";
import { type Expression, hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import { accessLogsRetentionDays } from "./index-retention";

/** AWS's own variables are not set, nor those of inputs that are null. */
type SetVariable = Exclude<
  keyof typeof ACCESS_LOGS_ENVIRONMENT,
  `AWS_${string}` | "BULK_MAX_BYTES" | "COMPRESS_REQUESTS" | "REQUEST_TIMEOUT_SECONDS"
>;

/** What a plan may not know. */
interface QueueAndBucket {
  readonly queueUrl: string;
  readonly archiveBucket: string;
}

/** The function's environment variables. */
export const functionVariables = (context: AccessLogsContext, places: QueueAndBucket): Expression =>
  withGiven(alwaysSet(context, places), requestVariables(context.inputs));

function alwaysSet({ inputs, prefix }: AccessLogsContext, { queueUrl, archiveBucket }: QueueAndBucket) {
  return {
    SEARCH_ENDPOINT: inputs.searchEndpoint.string,
    ...engineAccessVariables(inputs),
    ACCESS_LOG_SOURCES: sourcesAsJson(inputs.sources).string,
    QUEUE_URL: queueUrl,
    QUARANTINE_BUCKET: archiveBucket,
    QUARANTINE_PREFIX: inputs.archivePrefix.string,
    INDEX_PREFIX: inputs.indexPrefix.string,
    INDEX_PERIOD: inputs.indexPeriod.string,
    INDEX_HISTORY: indexHistoryOf(inputs).string,
    ...templateVariables(inputs, inputs.indexReplicas, accessLogsRetentionDays(inputs)),
    BULK_REQUESTS: inputs.bulkRequests.string,
    ...ownMessageVariables(inputs),
    // Of its own: metrics of the pipeline's functions have the same names.
    METRICS_NAMESPACE: metricsNamespace({ ...inputs, name: hcl`${prefix}` }).string,
  } satisfies Record<SetVariable, string>;
}

/** The sources as the function parses them, without what is its default: Lambda's room is small. */
function sourcesAsJson(sources: Expression): Expression {
  const members = hcl`${{
    name: hcl`name`,
    bucket: hcl`source.bucket`,
    prefix: hcl`source.prefix`,
    format: hcl`source.format == ${PIPELINE_PARSER} ? "" : source.format`,
    index: hcl`source.index`,
    parserFields: hcl`source.parser_fields`,
  }}`;
  const given = hcl`{ for member, value in ${members} : member => value if value != null && value != "" }`;
  return hcl`jsonencode([for name, source in ${sources} : ${given}])`;
}

/** Violated by sources whose function would have more variables than Lambda takes. */
export function variablesFit(context: AccessLogsContext): Precondition {
  const { scope, account, prefix } = context;
  const variables = functionVariables(context, {
    queueUrl: `https://sqs.${account.region}.${account.dnsSuffix}/${account.id}/${prefix}`,
    archiveBucket: LONGEST_BUCKET,
  });
  return environmentsFit(scope, {
    environments: hcl`{ (${prefix}) = ${variables} }`,
    key: "function",
    path: "sources",
    subject: "sources of which the function has",
    advice:
      "rules, fields, parser_fields or index_history; or have fewer sources: one without a prefix and with format auto reads every format of its bucket",
  });
}
