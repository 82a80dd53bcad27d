import { type IndexLayouts, indexPatterns } from "../events/index-layout";

/** What an engine keeps about the indices of a pipeline. */
export interface PipelineIndices {
  /** Of the pipeline, its index template and its lifecycle policy. */
  name: string;
  layouts: IndexLayouts;
  /** Primary shards of a new index. */
  shards: number;
  /** Maximum number of replicas of a new index; fewer where there are fewer nodes. */
  replicas: number;
  refreshIntervalSeconds: number;
  /** Of the events in a new index; `time`: the latest first. */
  sort: "none" | "time";
  /** Days after the end of its period at which an index is deleted. 0: never. */
  retentionDays: number;
}

/** What it is made from, in one text: engines may write the members of an object in another order. */
export function settingsText(indices: PipelineIndices): string {
  const { shards, replicas, refreshIntervalSeconds, sort, retentionDays, layouts } = indices;
  const each = { shards, replicas, refreshIntervalSeconds, sort, retentionDays, patterns: indexPatterns(layouts) };
  return Object.entries(each)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
