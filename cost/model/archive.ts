import type { Deployment } from "../plan/deployment";
import { storageUsage } from "./storage";
import { forwardersOf, type MonthlyTraffic } from "./traffic";
import { DAYS, FIREHOSE_UNIT, GIB, HOURS, MIB, SECONDS } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

/** What compaction makes of a month's objects: one of the hour of a stream. */
export const compactedObjects = ({ streams }: Deployment, { invocations }: MonthlyTraffic): number =>
  Math.min(invocations, HOURS * streams.length);

/** The forwarders' archive: an object for each batch, and of the hour where a function compacts them. */
export function archiveUsage(deployment: Deployment, traffic: MonthlyTraffic, { keptDays }: Workload): Usage[] {
  if (forwardersOf(deployment).length === 0) return [];
  const usage = usagesOf("archive");
  const isCompacted = deployment.functions.some(({ kind }) => kind === "archive-compaction");
  const compacted = isCompacted ? compactedObjects(deployment, traffic) : 0;
  return [
    usage("PUTs", "s3_put_thousand", (traffic.invocations + compacted) / 1_000),
    ...storageUsage(
      "archive",
      { gb: traffic.archivedGb, objects: isCompacted ? compacted : traffic.invocations, days: keptDays },
      deployment.lifecycle ?? {},
    ),
    usage(
      "requests to KMS for each PUT",
      "kms_request_ten_thousand",
      deployment.asksKmsForEachPut ? (traffic.invocations + compacted) / 10_000 : 0,
    ),
  ];
}

/** What a lane of Firehose ingests and stores. `unit`: to which a record is rounded up, in bytes. */
export function firehoseUsage(deployment: Deployment, workload: Workload, unit: number = FIREHOSE_UNIT): Usage[] {
  const { firehoses } = deployment;
  if (firehoses.length === 0) return [];
  const usage = usagesOf("Firehose");
  const { firehoseGbPerDay, lineBytes, linesPerRecord, compressedTo, keptDays } = workload;
  const gb = firehoseGbPerDay * DAYS;
  const recordBytes = lineBytes * linesPerRecord;
  const records = (gb * GIB) / recordBytes;
  const objects = firehoses
    .map(({ bufferingSeconds, bufferingMib }) => {
      const bytes = (gb * GIB) / firehoses.length;
      return Math.min(bytes, Math.max(bytes / (bufferingMib * MIB), Math.min(records, SECONDS / bufferingSeconds)));
    })
    .reduce((sum, each) => sum + each, 0);
  return [
    usage("ingestion", "firehose_gb", (records * Math.ceil(recordBytes / unit) * unit) / GIB),
    usage("PUTs", "s3_put_thousand", objects / 1_000),
    ...storageUsage("Firehose", { gb: gb * compressedTo, objects, days: keptDays }, deployment.lifecycle ?? {}),
  ];
}
