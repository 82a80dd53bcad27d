import { count, counted, rounded } from "../tools/text/numbers";
import { shardsOfNode, VCPUS_PER_ACTIVE_SHARD } from "./domain";
import { hclArguments } from "./hcl";
import { SHARED_NAME } from "./inputs";
import { NEAR_SHARE, type SizedQuota } from "./quotas";
import { SIZING_RULES, type SizingRuleName } from "./rules";
import type { Sizing } from "./size";
import { FREE_SPACE_FACTOR, INDEX_FACTOR } from "./storage";
import { UNKNOWN_PEAK_FACTOR } from "./workload";

const FREE_PERCENT = Math.round((FREE_SPACE_FACTOR - 1) * 100);

const gigabytes = (gb: number): string => (gb < 10 ? rounded(gb) : count(Math.round(gb)));

/** A size, why, and the rules that it comes from. */
interface Answer {
  readonly what: string;
  readonly size: string;
  readonly because: string;
  readonly rules: readonly SizingRuleName[];
}

/** Formats a sizing for people. */
export function sizingText(sizing: Sizing): string {
  const { gbPerDay, days, groups, replicas, zones } = sizing.workload;
  const title = [
    `${rounded(gbPerDay)} GB a day for ${counted(days, "day")}`,
    ...[counted(groups, "log group"), counted(replicas, "replica"), zones === 1 ? "1 zone" : `${zones} zones`],
  ].join(", ");
  const answers = answersOf(sizing);
  const lines = answers.flatMap(({ what, size, because, rules }) => [
    `${what}: ${size}`,
    `  ${because}`,
    ...new Set(rules.map((name) => `  Source: ${SIZING_RULES[name].source}`)),
  ]);
  return [`${title}`, "", ...lines, "", ...quotaLines(sizing.quotas), "", ...inputLines(sizing)].join("\n");
}

function answersOf({ workload, storage, domain, stream }: Sizing): Answer[] {
  const { gbPerDay, days, replicas, zones, groups, peakFactor, currentShards } = workload;
  const { node, count: nodes, volumeGib, masterType, indices, carriedShards } = domain;
  const copies = 1 + replicas;
  const daily = indices.perDay === 1 ? "1 index a day" : `${count(indices.perDay)} indices a day`;
  return [
    {
      what: "Storage",
      size: `${gigabytes(storage.formulaGb)} GB`,
      because:
        `${rounded(gbPerDay)} GB × ${count(days)} × ${INDEX_FACTOR} for the index × ${copies} for copies × ${FREE_SPACE_FACTOR} for free space; ` +
        `with the index of the current day ${gigabytes(storage.volumesGb)} GB. AWS's formula: ${gigabytes(storage.awsGb)} GB.`,
      rules: ["storage", "currentIndex"],
    },
    {
      what: "Data nodes",
      size: `${count(nodes)} × ${node.type} with ${count(volumeGib)} GiB each`,
      because:
        `${count(node.vcpus * nodes)} vCPUs and ${count(node.memoryGib * nodes)} GiB in all, in ${zones === 1 ? "one zone" : `${zones} zones`}: ` +
        "the least memory that has room for storage, shards and indexing at the peak. " +
        `Each has up to ${counted(shardsOfNode(indices, nodes), "shard")} of ${rounded(indices.shardGb)} GB, and ${FREE_PERCENT} % free.`,
      rules: ["nodes", "volume", "cpu", ...(node.type.startsWith("t3") ? (["burstable"] as const) : [])],
    },
    {
      what: "Dedicated master nodes",
      size: masterType === undefined ? "none" : `3 × ${masterType}`,
      because:
        masterType === undefined
          ? "One Availability Zone and few data nodes: not for production, where AWS advises three."
          : `They manage ${counted(nodes, "data node")} and ${counted(indices.shards, "shard")}.`,
      rules: ["masters"],
    },
    {
      what: "Indices",
      size: `${daily} of ${counted(indices.primaryShards, "primary shard")}, ${rounded(indices.shardGb)} GB each`,
      because:
        `${counted(indices.shardsPerDay, "shard")} a day with replicas, at ${VCPUS_PER_ACTIVE_SHARD} vCPUs each; ` +
        `${count(indices.shards)} of all days; the heap should carry ${count(carriedShards)}. ` +
        (groups > 1 && indices.perDay === 1
          ? "The log groups share an index: one each would make more shards than vCPUs or heap carry."
          : "Log groups that write more than others have larger shards."),
      rules: ["shardSize", "spread", "activeShards", "shardsPerHeap"],
    },
    {
      what: "Stream",
      size: counted(stream.shards, "shard"),
      because:
        `${rounded(stream.megabytesPerSecond)} MB and ${rounded(stream.recordsPerSecond)} records a second, compressed, in ` +
        (peakFactor === undefined
          ? `a minute of ${UNKNOWN_PEAK_FACTOR} times the mean, as the peak is unknown: watch WriteProvisionedThroughputExceeded.`
          : "the busiest minute.") +
        (currentShards === undefined
          ? " A later change doubles or halves it at most."
          : changesText(stream.changes, stream.changeDays)) +
        " On-demand (shards = 0) grows by itself, and costs more (docs/log-groups.md).",
      rules: ["shard", ...(peakFactor === undefined ? (["unknownPeak"] as const) : []), "resharding"],
    },
    {
      what: "Concurrent invocations",
      size: count(stream.shards),
      because: "One for each shard, times parallelization_factor, which is 1.",
      rules: ["concurrency"],
    },
  ];
}

function changesText(changes: readonly number[], days: number): string {
  if (changes.length === 0) return " It has them already.";
  const duration = days > 1 ? `, on ${days} days` : "";
  return ` Apply with shards = ${changes.map(count).join(", then ")}${duration}: each at most twice or half of the one before.`;
}

function quotaLines(quotas: readonly SizedQuota[]): string[] {
  const near = quotas.filter(({ share }) => share >= NEAR_SHARE);
  if (near.length === 0) return [`Quotas: none is taken by ${NEAR_SHARE * 100} % or more.`];
  return [
    "Quotas that this comes near:",
    ...near.map(({ quota, used, limit, share, rule }) => {
      const beyond = share > 1 ? ", beyond it: have AWS raise it first" : "";
      return `  ${quota}: ${count(used)} of ${count(limit)} (${Math.round(share * 100)} %)${beyond}. Source: ${SIZING_RULES[rule].source}`;
    }),
  ];
}

function inputLines({ inputs }: Sizing): string[] {
  return [`Inputs of the module; each of your log groups has stream = "${SHARED_NAME}":`, "", hclArguments(inputs)];
}
