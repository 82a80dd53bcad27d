import { SIZING_RULES } from "./rules";
import type { Sizing } from "./size";

/** Returns a sizing as one JSON object, with the rules that it comes from. */
export function sizingJson({ workload, storage, domain, stream, quotas, inputs }: Sizing): object {
  const { node, count, volumeGib, masterType = null, indices, carriedShards } = domain;
  const { peakFactor = null, currentShards = null } = workload;
  return {
    workload: { ...workload, peakFactor, currentShards },
    storage,
    domain: { ...node, count, volumeGib, masterType, carriedShards },
    ...{ indices, stream, quotas, inputs },
    rules: SIZING_RULES,
  };
}
