import { ACCESS_LOGS_METRICS } from "../../core/metrics/access-logs";
import { ARCHIVE_COMPACTION_METRICS } from "../../core/metrics/archive-compaction";
import { AUDIT_METRICS } from "../../core/metrics/audit";
import { FIREHOSE_TRANSFORM_METRICS } from "../../core/metrics/firehose-transform";
import { METRICS } from "../../core/metrics/forwarder";
import { INDEX_CLEANUP_METRICS } from "../../core/metrics/index-cleanup";
import type { Deployment, FunctionKind } from "../plan/deployment";
import type { PriceName } from "../prices/price-names";
import { eventMetricsOf } from "./event-metrics";
import { HOURS } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

const METRICS_OF: Readonly<Record<FunctionKind, object>> = {
  forwarder: METRICS,
  "index-cleanup": INDEX_CLEANUP_METRICS,
  "archive-compaction": ARCHIVE_COMPACTION_METRICS,
  audit: AUDIT_METRICS,
  "access-logs": ACCESS_LOGS_METRICS,
  "firehose-transform": FIREHOSE_TRANSFORM_METRICS,
};

/**
 * A stream's data key is renewed about every five minutes, for the one who writes and the one who reads (Kinesis Data Streams
 * Developer Guide, What is server-side encryption for Kinesis Data Streams?: costs).
 */
const KEY_REQUESTS = HOURS * 12 * 2;

const VOLUME_PRICES: Readonly<Record<string, PriceName>> = {
  gp3: "search_gp3_gb_month",
  gp2: "search_gp2_gb_month",
  io1: "search_io1_gb_month",
  standard: "search_standard_gb_month",
};

/** What costs by the hour or the month, whether logs come or not. */
export function resourceUsage(deployment: Deployment, workload: Workload): Usage[] {
  const domain = usagesOf("search domain");
  const monitoring = usagesOf("metrics and alarms");
  const security = usagesOf("keys and secrets");
  const encrypted = deployment.streams.filter(({ isEncrypted }) => isEncrypted).length;
  return [
    ...deployment.domains.flatMap(({ nodes, volumeGb, volumeType }) => [
      ...nodes.map(({ what, instanceType, count }) =>
        domain(`${what}, ${instanceType}`, `search_hour/${instanceType}`, count * HOURS),
      ),
      ...[VOLUME_PRICES[volumeType]].flatMap((price) => (price ? [domain("volumes", price, volumeGb)] : [])),
    ]),
    monitoring("metrics of the functions", "metric_month", metricsOf(deployment)),
    monitoring("metrics of events", "metric_month", eventMetricsOf(deployment, workload)),
    monitoring("alarms", "alarm_metric_month", deployment.alarmMetrics),
    monitoring("dashboards", "dashboard_month", deployment.dashboards),
    security("KMS keys", "kms_key_month", deployment.keys),
    security("requests to KMS by streams", "kms_request_ten_thousand", (encrypted * KEY_REQUESTS) / 10_000),
    security("secrets", "secret_month", deployment.secrets),
  ];
}

/** They have no dimensions: functions of one namespace share those of the same name. */
function metricsOf({ functions }: Deployment): number {
  const names = functions.flatMap(({ kind, variables }) => {
    // A plan that has still to make an endpoint or a queue knows none of the variables; without an input, there are metrics.
    const { METRICS_NAMESPACE: namespace = "unknown" } = variables;
    return kind && namespace ? Object.keys(METRICS_OF[kind]).map((name) => `${namespace}/${name}`) : [];
  });
  return new Set(names).size;
}
