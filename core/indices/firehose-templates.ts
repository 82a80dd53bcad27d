import type { PipelineIndices } from "./pipeline-indices";
import { indexTemplates, TEMPLATE_VERSION } from "./template";

/** The indices of a delivery stream of Firehose. */
export interface FirehoseIndices {
  /** The delivery stream's `index_name`. */
  readonly name: string;
  /** The name or, where Firehose begins a new index from time to time, `<name>-*`. */
  readonly pattern: string;
}

/** What a template of these indices says about itself. */
export const firehoseTemplateMeta = ({ pattern }: FirehoseIndices) => ({
  firehose_indices: pattern,
  version: TEMPLATE_VERSION,
});

/** Returns the templates of indices that Firehose delivers to, the best first: settings and mappings are those of the forwarder's. */
export function firehoseTemplates(
  indices: FirehoseIndices,
  layout: Pick<PipelineIndices, "shards" | "replicas" | "refreshIntervalSeconds" | "sort">,
): object[] {
  const { name, pattern } = indices;
  const { shards, replicas, refreshIntervalSeconds, sort } = layout;
  const current = { prefix: `${name}-`, period: "day", sharedIndexOf: () => undefined } as const;
  const _meta = firehoseTemplateMeta(indices);
  return indexTemplates({
    ...{ name, layouts: { current, earlier: [] }, retentionDays: 0 },
    ...{ shards, replicas, refreshIntervalSeconds, sort },
  }).map(({ priority, template: { settings, mappings } }) => ({
    ...{ index_patterns: [pattern], priority, _meta },
    template: { settings, mappings: { ...mappings, _meta } },
  }));
}
