interface SizingRule {
  readonly rule: string;
  /** The page of AWS, or how the figure is known otherwise. */
  readonly source: string;
}

/** By what a size is computed. Each answer of the command names its rules; docs/sizing.md has them as a table. */
export const SIZING_RULES = {
  storage: {
    rule: "Storage is what is written in the days that are kept, and 20 % for the index, for each copy, and 25 % that stay free. AWS's own formula, × 1.45 for each copy, gives a few percent less.",
    source: "OpenSearch Service Developer Guide, Calculating storage requirements",
  },
  currentIndex: {
    rule: "The index of the current day comes on top of the days that are kept: an index goes when its last event is so old.",
    source: "docs/indices.md, How long an index lives",
  },
  volume: {
    rule: "A data node's volume has room for its shards, with what stays free, up to what the instance type takes. Each data node has as many shards, or one more.",
    source: "OpenSearch Service Developer Guide, EBS volume size quotas",
  },
  nodes: {
    rule: "Each copy of a shard is on another data node, and each Availability Zone has as many data nodes.",
    source: "OpenSearch Service Developer Guide, Configuring a multi-AZ domain",
  },
  burstable: {
    rule: "T3 data nodes are for a trial in one Availability Zone, and up to 10 of them.",
    source: "OpenSearch Service Developer Guide, Operational best practices; Domain and instance quotas",
  },
  cpu: {
    rule: "Indexing takes half of the data nodes' vCPUs at the peak: 20 µs for an event and copy, and 40 µs for each KB of a larger one.",
    source: "measured: docs/performance.md, The search engine",
  },
  activeShards: {
    rule: "1.5 vCPUs for each shard that is written to: those of the current day, with replicas. Log groups share an index where one each would be more.",
    source: "OpenSearch Service Developer Guide, Operational best practices: Shard to CPU ratio",
  },
  masters: {
    rule: "Three dedicated master nodes in production, of a size that goes with the number of data nodes and shards: for more than one Availability Zone, or more than 10 data nodes.",
    source: "OpenSearch Service Developer Guide, Dedicated master nodes: Choosing instance types",
  },
  shardSize: {
    rule: "A shard has 10 to 50 GB, and less where it is the only one of its index. Up to 30 GB leave room for a day that is two thirds larger than the mean.",
    source: "OpenSearch Service Lens, AOSPERF01-BP01",
  },
  spread: {
    rule: "An index has a multiple of the data nodes in shards, as far as each of them has 10 GB, and vCPUs and heap carry them.",
    source: "OpenSearch Service Developer Guide, Choosing the number of shards",
  },
  indexShards: {
    rule: "An index has up to 1,024 primary shards.",
    source: "OpenSearch documentation, Index settings: index.number_of_shards",
  },
  shardsPerHeap: {
    rule: "Up to 25 shards for each GiB of JVM heap, which is half of a node's memory, and up to 32 GiB. Log groups share an index where one each would be more.",
    source: "OpenSearch Service Lens, AOSPERF01-BP01",
  },
  shardsPerNode: {
    rule: "A data node refuses more than 1,000 shards for each 16 GiB of heap from OpenSearch 2.17 on, up to 4,000; and more than 1,000 before.",
    source: "OpenSearch Service Developer Guide, Operational best practices: Sharding strategy",
  },
  shard: {
    rule: "A shard of a stream takes 1 MB and 1,000 records a second. CloudWatch Logs compresses records to 30 % of their lines, or less.",
    source: "Kinesis Data Streams Developer Guide, Quotas and limits; assumption: docs/log-groups.md, What they cost",
  },
  unknownPeak: {
    rule: "Where the peak is unknown, four times the mean, and at least four shards; then WriteProvisionedThroughputExceeded tells whether they are enough.",
    source: "assumption; Kinesis Data Streams Developer Guide, Monitoring with CloudWatch",
  },
  resharding: {
    rule: "One change of a stream's shards at most doubles or halves them, ten times in 24 hours; a stream has up to 10,000. On-demand streams need none of it.",
    source: "Kinesis Data Streams API Reference, UpdateShardCount",
  },
  accountShards: {
    rule: "An account has 20,000 shards in us-east-1, us-west-2 and eu-west-1, and elsewhere 6,000 or 1,000, until AWS raises that.",
    source: "Kinesis Data Streams Developer Guide, Quotas and limits",
  },
  concurrency: {
    rule: "A function has as many concurrent invocations as its stream has shards, times parallelization_factor. An account has 1,000, a new one 10, until AWS raises that.",
    source: "Lambda Developer Guide, Lambda quotas",
  },
  dataNodes: {
    rule: "A domain has up to 80 data nodes until AWS raises that.",
    source: "OpenSearch Service Developer Guide, Domain and instance quotas",
  },
} as const satisfies Readonly<Record<string, SizingRule>>;

export type SizingRuleName = keyof typeof SIZING_RULES;
