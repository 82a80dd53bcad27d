import { type LeverRow, withVariable } from "./lever";

const shorter = (days: number, limit: number): number => (days === 0 ? limit : Math.min(days, limit));

/** Of log groups, metrics, transfer and keys. */
export const OTHER_LEVERS: readonly LeverRow[] = [
  [
    "CloudWatch Logs",
    "log_groups[*].retention_in_days",
    (deployment) => ({
      change: "7: the archive keeps the events",
      to: {
        ...deployment,
        logGroups: deployment.logGroups.map((each) =>
          each.isOwn ? each : { ...each, retentionDays: shorter(each.retentionDays, 7) },
        ),
      },
    }),
  ],
  [
    "metrics and alarms",
    "metrics_namespace",
    (deployment) => ({ change: '"": no metrics', to: withVariable(deployment, "METRICS_NAMESPACE", "") }),
  ],
  [
    "metrics and alarms",
    "alarms",
    (deployment) => ({ change: "null: nobody is told", to: { ...deployment, alarmMetrics: 0 } }),
  ],
  ["metrics and alarms", "dashboard", (deployment) => ({ change: "false", to: { ...deployment, dashboards: 0 } })],
  [
    "data transfer",
    "compress_requests",
    (deployment) => ({ change: "true", to: withVariable(deployment, "COMPRESS_REQUESTS", "true") }),
  ],
  [
    "keys and secrets",
    "kms_key_arn",
    (deployment) => ({ change: "a key that you have already", to: { ...deployment, keys: 0 } }),
  ],
];
