import { ARCHIVE_COMPACTION_METRICS } from "./archive-compaction";
import { AUDIT_METRICS } from "./audit";
import { METRICS } from "./forwarder";
import { INDEX_CLEANUP_METRICS } from "./index-cleanup";

/** The names of all metrics that a pipeline's functions report in its namespace. */
export const OWN_METRIC_NAMES: readonly string[] = [
  ...new Set([METRICS, INDEX_CLEANUP_METRICS, ARCHIVE_COMPACTION_METRICS, AUDIT_METRICS].flatMap(Object.keys)),
].sort();
