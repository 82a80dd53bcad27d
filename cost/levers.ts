import { billOf, totalOf, usageOf } from "./model/bill";
import { peakOf, trafficOf } from "./model/traffic";
import { GIB, SECONDS, SHARD } from "./model/units";
import type { Item } from "./model/usage";
import type { Workload } from "./model/workload";
import type { Deployment } from "./plan/deployment";
import type { PriceList } from "./prices/price-list";

/** An input of the module that lowers an item, and by how much. */
export interface Lever {
  readonly item: Item;
  /** As Terraform names it. */
  readonly variable: string;
  readonly change: string;
  /** US dollars a month, of all items together. */
  readonly savesUsd: number;
}

/** What a lever changes; undefined: it has nothing to change. */
type Change = (
  deployment: Deployment,
  workload: Workload,
) => { readonly change: string; readonly to: Deployment } | undefined;

/** A window that an archive of fewer, larger objects is worth waiting for. */
const LONG_WINDOW_SECONDS = 30;
const SHORT_EXPIRATION_DAYS = 90;

/** Shards that take the workload's peak. */
function neededShards(deployment: Deployment, workload: Workload): number {
  const { gb, records } = peakOf(trafficOf(deployment, workload), workload);
  return Math.max(1, Math.ceil(Math.max((gb * GIB) / SECONDS / SHARD.bytes, records / SECONDS / SHARD.records)));
}

const oneStream: Change = (deployment, workload) => {
  const [first] = deployment.streams;
  const shards = neededShards(deployment, workload);
  if (first === undefined || (deployment.streams.length === 1 && first.shards > 0 && first.shards <= shards))
    return undefined;
  const change = `one stream with ${shards === 1 ? "1 shard" : `${shards} shards`} for all log groups, by log_groups[*].stream`;
  return { change, to: { ...deployment, streams: [{ ...first, shards }] } };
};

const withVariable = (deployment: Deployment, name: string, value: string): Deployment => ({
  ...deployment,
  functions: deployment.functions.map((each) => ({ ...each, variables: { ...each.variables, [name]: value } })),
});

const LEVERS: readonly (readonly [item: Item, variable: string, change: Change])[] = [
  ["streams", "streams", oneStream],
  [
    "streams",
    "stream_retention_hours",
    (deployment) =>
      deployment.streams.some(({ retentionHours }) => retentionHours > 24)
        ? {
            change: "24",
            to: { ...deployment, streams: deployment.streams.map((each) => ({ ...each, retentionHours: 24 })) },
          }
        : undefined,
  ],
  [
    "functions",
    "maximum_batching_window_in_seconds",
    (deployment) =>
      deployment.batching.windowSeconds < LONG_WINDOW_SECONDS
        ? {
            change: `${LONG_WINDOW_SECONDS}: events are found that much later`,
            to: { ...deployment, batching: { ...deployment.batching, windowSeconds: LONG_WINDOW_SECONDS } },
          }
        : undefined,
  ],
  [
    "functions",
    "function_architecture",
    (deployment) => ({
      change: "arm64",
      to: { ...deployment, functions: deployment.functions.map((each) => ({ ...each, isArm: true })) },
    }),
  ],
  [
    "archive",
    "archive_compaction",
    (deployment) =>
      deployment.functions.some(({ kind }) => kind === "archive-compaction")
        ? undefined
        : { change: 'schedule = "rate(1 hour)": large objects transition', to: withCompaction(deployment) },
  ],
  [
    "archive",
    "transition_storage_class (log-archive)",
    (deployment) =>
      deployment.lifecycle?.transition && deployment.lifecycle.transition.storageClass !== "GLACIER_IR"
        ? {
            change: "GLACIER_IR: each GB that a replay reads costs more",
            to: {
              ...deployment,
              lifecycle: {
                ...deployment.lifecycle,
                transition: { ...deployment.lifecycle.transition, storageClass: "GLACIER_IR" },
              },
            },
          }
        : undefined,
  ],
  [
    "archive",
    "expiration_days (log-archive)",
    (deployment) =>
      (deployment.lifecycle?.expirationDays ?? Number.POSITIVE_INFINITY) > SHORT_EXPIRATION_DAYS
        ? {
            change: String(SHORT_EXPIRATION_DAYS),
            to: { ...deployment, lifecycle: { ...deployment.lifecycle, expirationDays: SHORT_EXPIRATION_DAYS } },
          }
        : undefined,
  ],
  [
    "search domain",
    "search_endpoint",
    (deployment) => ({ change: "a domain that you have already", to: { ...deployment, domains: [] } }),
  ],
  [
    "search domain",
    "index_retention_days",
    (deployment) => ({
      change: "half as long, with half of search_domain.volume_size_gib",
      to: { ...deployment, domains: deployment.domains.map((each) => ({ ...each, volumeGb: each.volumeGb / 2 })) },
    }),
  ],
  [
    "search domain",
    "search_domain.dedicated_master_type",
    (deployment) =>
      deployment.domains.every(({ nodes }) => (nodes[0]?.count ?? 0) < 3)
        ? { change: "null: fewer than three data nodes", to: withoutMasters(deployment) }
        : undefined,
  ],
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

const withoutMasters = (deployment: Deployment): Deployment => ({
  ...deployment,
  domains: deployment.domains.map((each) => ({
    ...each,
    nodes: each.nodes.filter(({ what }) => what !== "dedicated master nodes"),
  })),
});

const shorter = (days: number, limit: number): number => (days === 0 ? limit : Math.min(days, limit));

function withCompaction(deployment: Deployment): Deployment {
  const forwarder = deployment.functions.find(({ kind }) => kind === "forwarder");
  if (forwarder === undefined) return deployment;
  return { ...deployment, functions: [...deployment.functions, { ...forwarder, kind: "archive-compaction" }] };
}

/** Less is not worth a change. */
const MIN_SAVING_USD = 0.5;

/** Returns the inputs that lower the cost, those that save most first. */
export function leversOf(deployment: Deployment, workload: Workload, prices: PriceList): Lever[] {
  const costOf = (each: Deployment) => {
    const usages = usageOf(each, workload);
    return usages.every(({ price }) => prices.prices.has(price))
      ? totalOf(billOf(usages, prices))
      : Number.POSITIVE_INFINITY;
  };
  const now = costOf(deployment);
  return LEVERS.flatMap(([item, variable, changeOf]): Lever[] => {
    const changed = changeOf(deployment, workload);
    if (changed === undefined) return [];
    const savesUsd = now - costOf(changed.to);
    return savesUsd >= MIN_SAVING_USD ? [{ item, variable, change: changed.change, savesUsd }] : [];
  }).sort((a, b) => b.savesUsd - a.savesUsd);
}
