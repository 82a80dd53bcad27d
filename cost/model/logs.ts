import type { Deployment } from "../plan/deployment";
import { forwardersOf, type MonthlyTraffic } from "./traffic";
import { DAYS, GIB, KIB } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

/** The function's line of metrics, and START, END and REPORT of Lambda: docs/log-groups.md. */
const OWN_LOG_BYTES = 2 * KIB;

/** What log groups ingest and store: those that are delivered, and the forwarders' own. */
export function logUsage(deployment: Deployment, traffic: MonthlyTraffic, workload: Workload): Usage[] {
  const usage = usagesOf("CloudWatch Logs");
  const { compressedTo, keptDays } = workload;
  const stored = (gbPerMonth: number, isOwn: boolean) => {
    const groups = deployment.logGroups.filter((group) => group.isOwn === isOwn);
    const days = groups.map(({ retentionDays }) => (retentionDays === 0 ? keptDays : retentionDays));
    const mean = days.length === 0 ? 0 : days.reduce((sum, each) => sum + each, 0) / days.length;
    return (gbPerMonth / DAYS) * compressedTo * mean;
  };
  const ownGb = forwardersOf(deployment).length === 0 ? 0 : (traffic.invocations * OWN_LOG_BYTES) / GIB;
  return [
    usage("ingestion", "logs_ingested_gb", traffic.gb),
    usage("storage of the log groups in the plan", "logs_stored_gb_month", stored(traffic.gb, false)),
    usage("the forwarder's own log, ingestion", "logs_ingested_gb", ownGb),
    usage("the forwarder's own log, storage", "logs_stored_gb_month", stored(ownGb, true)),
  ];
}
