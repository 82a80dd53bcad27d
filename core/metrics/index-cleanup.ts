import type { MetricDefinition } from "./metric-definition";

/** The clean-up function's metrics. Each run reports all of them; docs print them. */
export const INDEX_CLEANUP_METRICS = {
  Indices: { unit: "Count", meaning: "indices with names that this pipeline gives" },
  DeletedIndices: { unit: "Count", meaning: "indices that were deleted; in a dry run, that would have been" },
  DeletedBytes: { unit: "Bytes", meaning: "their size on disk, replicas included" },
  ProtectedIndices: { unit: "Count", meaning: "indices that a rule would delete, and a replay protects" },
  OtherOwnersIndices: {
    unit: "Count",
    meaning: "indices that a rule would delete, and whose mapping names another pipeline",
  },
  FailedDeletions: { unit: "Count", meaning: "indices that could not be deleted: `failures` says why" },
  PostponedDeletions: {
    unit: "Count",
    meaning: "indices left to the next run: the maximum was reached, or the time was over",
  },
  Duration: { unit: "Milliseconds", meaning: "the whole run" },
} as const satisfies Record<string, MetricDefinition>;
