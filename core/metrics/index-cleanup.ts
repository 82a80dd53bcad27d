import type { MetricDefinition } from "./metric-definition";

/** The clean-up function's metrics. Each run reports all of them; docs print them. */
export const INDEX_CLEANUP_METRICS = {
  Indices: ["Count", "indices with names that this pipeline gives"],
  DeletedIndices: ["Count", "indices that were deleted; in a dry run, that would have been"],
  DeletedBytes: ["Bytes", "their size on disk, replicas included"],
  ProtectedIndices: ["Count", "indices that a rule would delete, and a replay protects"],
  OtherOwnersIndices: ["Count", "indices that a rule would delete, and whose mapping names another pipeline"],
  FailedDeletions: ["Count", "indices that could not be deleted: `failures` says why"],
  PostponedDeletions: ["Count", "indices left to the next run: the maximum was reached, or the time was over"],
  Duration: ["Milliseconds", "the whole run"],
} as const satisfies Record<string, MetricDefinition>;
