import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import type { IndexPeriod } from "../../core/settings/index-periods";

interface Given extends Partial<Omit<PipelineIndices, "layouts">> {
  prefix?: string;
  period?: IndexPeriod;
}

/** A pipeline's indices with one layout. */
export function pipelineIndices({ prefix = "cwl-", period = "day", ...given }: Given = {}): PipelineIndices {
  const layouts = { current: { prefix, period, sharedIndexOf: () => undefined }, earlier: [] };
  return {
    name: "logs",
    layouts,
    shards: 1,
    replicas: 1,
    refreshIntervalSeconds: 1,
    sort: "none",
    retentionDays: 0,
    ...given,
  };
}
