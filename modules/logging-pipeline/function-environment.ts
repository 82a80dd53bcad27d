import type { Environment } from "../../core/settings/environment";
import type { Values } from "../inputs/values";
import { type Expression, hcl, written } from "../terraform/expression";
import { indexVariables, type TemplateInputs } from "./index-names";
import type { pipelineInputs } from "./inputs";
import type { LaneVariables } from "./lanes";
import { messageVariables, metricsVariable } from "./messages";
import { metricsNamespace } from "./metrics-namespace";
import { replicasOf, retentionDays } from "./search-contents";
import { engineAccessVariables } from "./search-endpoint";

type Inputs = Values<typeof pipelineInputs>;

/** Where a function delivers to, and what it knows of log groups. */
export interface FunctionPlaces {
  /** {@link createExceptions} */
  readonly exceptions: Expression;
  readonly searchEndpoint: string;
  readonly archiveBucket: string;
}

/** The variables of a function that puts index template and lifecycle policy. */
export const templateVariables = (inputs: TemplateInputs, replicas: Expression, retentionDays: Expression) =>
  ({
    INDEX_TEMPLATE: hcl`${inputs.indexTemplate} == "managed" ? ${inputs.name} : ""`.string,
    INDEX_SHARDS: inputs.indexShards.string,
    INDEX_REPLICAS: replicas.string,
    INDEX_REFRESH_INTERVAL_SECONDS: inputs.indexRefreshIntervalSeconds.string,
    INDEX_SORT: inputs.indexSort.string,
    INDEX_RETENTION_DAYS: retentionDays.string,
  }) satisfies Partial<Record<keyof Environment, string>>;

/** Variables whose inputs may be null: then the function's defaults hold, and Lambda's room is left to others. */
type OptionalVariables = Partial<Record<keyof Environment, Expression>>;

/** The variables of the inputs of requests, as far as they are given. */
export const requestVariables = ({
  requestTimeoutSeconds,
  bulkMaxBytes,
  compressRequests,
}: Pick<Inputs, "requestTimeoutSeconds" | "bulkMaxBytes" | "compressRequests">): OptionalVariables => ({
  REQUEST_TIMEOUT_SECONDS: requestTimeoutSeconds,
  BULK_MAX_BYTES: bulkMaxBytes,
  COMPRESS_REQUESTS: hcl`${compressRequests} ? "on" : null`,
});

/** The variables as one map, without those whose inputs are null. */
export const withGiven = (variables: Readonly<Record<string, string>>, optional: OptionalVariables): Expression =>
  hcl`merge(${variables}, { for name, value in ${optional} : name => tostring(value) if value != null })`;

/** The environment variables of a lane's function. */
export function functionEnvironment(inputs: Inputs, lane: LaneVariables, places: FunctionPlaces): Expression {
  const exceptions = hcl`lookup(${places.exceptions}, ${written(lane.key)}, [])`;
  return withGiven(alwaysSet(inputs, lane.value, places), {
    ...requestVariables(inputs),
    RECORD_MAX_BYTES: inputs.recordMaxBytes,
    ARCHIVE_LAYOUT: hcl`${written(lane.value)}.log_group == null ? "stream" : null`,
    METRICS: hcl`length(${written(`${lane.value}.metrics`)}) == 0 ? null : ${metricsVariable(lane.value)}`,
    LOG_GROUPS: hcl`length(${exceptions}) == 0 ? null : jsonencode(${exceptions})`,
  });
}

function alwaysSet(inputs: Inputs, lane: string, { searchEndpoint, archiveBucket }: FunctionPlaces) {
  return {
    SEARCH_ENDPOINT: searchEndpoint,
    ...engineAccessVariables(inputs),
    TARGET_STREAM_ARN: hcl`${inputs.targetStreamArn} == null ? "" : ${inputs.targetStreamArn}`.string,
    ...indexVariables(inputs, lane),
    ...templateVariables(inputs, replicasOf(inputs), retentionDays(inputs)),
    ARCHIVE_BUCKET: archiveBucket,
    ARCHIVE_PREFIX: inputs.archivePrefix.string,
    BULK_REQUESTS: inputs.bulkRequests.string,
    METRICS_NAMESPACE: metricsNamespace(inputs).string,
    TIME_FIELD: written(`${lane}.time_field`).string,
    ...messageVariables(inputs, lane),
  } satisfies Partial<Record<keyof Environment, string>>;
}
