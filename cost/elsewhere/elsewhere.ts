import { logUsage } from "../model/logs";
import { resourceUsage } from "../model/resources";
import { storageUsage } from "../model/storage";
import { streamUsage } from "../model/streams";
import { trafficOf } from "../model/traffic";
import { DAYS, FIREHOSE_UNIT, GIB, HOURS, MIB, SECONDS } from "../model/units";
import { usagesOf, used } from "../model/usage";
import type { Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import { cloUsage } from "./clo";
import { ownStreams } from "./own-streams";
import type { Elsewhere } from "./way";

/** What a compute unit takes of a simple pipeline, in bytes a second. */
const OCU_BYTES = 2 * MIB;
/** Insights has no index: a month of queries reads each GB once at least. */
const SCANS = 1;
/** How long CloudWatch Logs alone keeps what can be searched, in days. */
const SEARCHABLE_DAYS = 30;

/**
 * The same log groups by other services: all with the plan's domain, but for CloudWatch Logs alone.
 *
 * @param groups log groups, for a stream for each; undefined: those of the plan
 */
export function elsewhereOf(deployment: Deployment, workload: Workload, groups?: number): Elsewhere[] {
  const traffic = trafficOf(deployment, workload);
  if (traffic.gb === 0) return [];
  const ingestion = usagesOf("CloudWatch Logs")("ingestion", "logs_ingested_gb", traffic.gb);
  // The log groups stay, and what they keep.
  const logs = logUsage({ ...deployment, functions: [] }, traffic, workload);
  const domain = resourceUsage({ ...deployment, functions: [], streams: [], alarmMetrics: 0, dashboards: 0 }, workload);
  const streamed = {
    gb: (traffic.records * traffic.recordBytes) / GIB,
    objects: traffic.invocations,
    days: workload.keptDays,
  };
  const archive = storageUsage("archive", streamed, deployment.lifecycle ?? {});
  const ways: Elsewhere[] = [
    {
      name: "OpenSearch Ingestion",
      usage: [
        ...logs,
        ...streamUsage(deployment, traffic, workload),
        usagesOf("functions")(
          "compute units",
          "ingestion_ocu_hour",
          HOURS * Math.max(1, Math.ceil((traffic.gb * GIB) / SECONDS / OCU_BYTES)),
        ),
        ...archive,
        ...domain,
      ],
      source:
        "OpenSearch Service Developer Guide, Scaling pipelines in Amazon OpenSearch Ingestion: 2 MiB/s a unit, one unit at least",
      without: "two units, which AWS recommends for availability",
    },
    {
      name: "Firehose alone",
      usage: [
        ...logs,
        usagesOf("Firehose")(
          "ingestion",
          "firehose_gb",
          (traffic.records * Math.ceil(traffic.recordBytes / FIREHOSE_UNIT) * FIREHOSE_UNIT) / GIB,
        ),
        ...archive,
        ...domain,
      ],
      source: "Amazon Data Firehose pricing: records of log groups, each rounded up to 5 KB",
      without: "its decompression, which has a price of its own; log group, log stream and event ids get lost",
    },
    {
      name: "Centralized Logging with OpenSearch",
      usage: [...logs, ...cloUsage(traffic.gb / DAYS), ...archive, ...domain],
      source:
        "AWS Solutions, Centralized Logging with OpenSearch, Cost: Log ingestion through Amazon Kinesis Data Streams",
      without: "its web console, $1.47 by the same page",
    },
    {
      name: "CloudWatch Logs alone",
      usage: [
        ingestion,
        usagesOf("CloudWatch Logs")(
          "storage",
          "logs_stored_gb_month",
          (traffic.gb / DAYS) * workload.compressedTo * SEARCHABLE_DAYS,
        ),
        usagesOf("CloudWatch Logs")("queries", "logs_queried_gb", traffic.gb * SCANS),
      ],
      source: `Amazon CloudWatch pricing: kept for ${SEARCHABLE_DAYS} days, each GB scanned by queries once`,
      without: "Dashboards, and an archive",
    },
  ];
  const count = groups ?? deployment.streams.length;
  if (count > deployment.streams.length) ways.push(ownStreams(deployment, workload, count));
  return ways.map((way) => ({ ...way, usage: used(way.usage) }));
}
