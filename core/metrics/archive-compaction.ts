import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `archive-compaction`. Each run reports all of them; docs print them. */
export const ARCHIVE_COMPACTION_METRICS = {
  ReadObjects: { unit: "Count", meaning: "objects that were read, compacted ones that were read back included" },
  ReadBytes: { unit: "Bytes", meaning: "their size" },
  CompactedObjects: { unit: "Count", meaning: "compacted objects that were written" },
  CompactedBytes: { unit: "Bytes", meaning: "their size" },
  DeletedObjects: { unit: "Count", meaning: "objects that were deleted, since a compacted one has their lines" },
  DeletedBytes: { unit: "Bytes", meaning: "their size" },
  DamagedObjects: { unit: "Count", meaning: "objects that are no gzip, and stay as they are" },
  FailedPlaces: {
    unit: "Count",
    meaning: "hours of a log group or stream that could not be compacted: `failures` says why",
  },
  ContendedPlaces: {
    unit: "Count",
    meaning: "hours of a log group or stream that were left to another run, which compacted them at the same time",
  },
  PostponedHours: { unit: "Count", meaning: "hours left to the next run, because the time was over" },
  Duration: { unit: "Milliseconds", meaning: "the whole run" },
} as const satisfies Record<string, MetricDefinition>;
