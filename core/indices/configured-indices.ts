import { type IndexVariables, layoutsOfEnvironment, layoutsOfSettings } from "../events/configured-layouts";
import type { Environment } from "../settings/environment";
import type { IndexSettings } from "../settings/index-settings";
import type { PipelineIndices } from "./pipeline-indices";

/** The variables of a function that delivers to indices of its own. */
export type IndicesVariables = IndexVariables &
  Pick<
    Environment,
    | "INDEX_TEMPLATE"
    | "INDEX_SHARDS"
    | "INDEX_REPLICAS"
    | "INDEX_REFRESH_INTERVAL_SECONDS"
    | "INDEX_SORT"
    | "INDEX_RETENTION_DAYS"
  >;

/** Returns what a function's environment says about its indices; undefined: their template is somebody else's. */
export function indicesOfEnvironment(environment: IndicesVariables): PipelineIndices | undefined {
  if (environment.INDEX_TEMPLATE === "") return undefined;
  return {
    name: environment.INDEX_TEMPLATE,
    layouts: layoutsOfEnvironment(environment),
    shards: environment.INDEX_SHARDS,
    replicas: environment.INDEX_REPLICAS,
    refreshIntervalSeconds: environment.INDEX_REFRESH_INTERVAL_SECONDS,
    sort: environment.INDEX_SORT,
    retentionDays: environment.INDEX_RETENTION_DAYS,
  };
}

/** Returns what a pipeline's index settings say; undefined: their template is somebody else's. */
export function indicesOfSettings(settings: IndexSettings): PipelineIndices | undefined {
  const { name, shards, replicas, refreshIntervalSeconds, sort, retentionDays, template } = settings;
  if (template === "none") return undefined;
  return { name, layouts: layoutsOfSettings(settings), shards, replicas, refreshIntervalSeconds, sort, retentionDays };
}
