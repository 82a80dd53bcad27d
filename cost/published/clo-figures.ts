import { figuresOf, type PublishedFigure } from "./figure";
import { cloAccessLogs, cloDomain, cloFirehose, cloIngestion, cloMonitoring, cloPipeline } from "./parts";

const MASTERS = [3, "m6g.large"] as const;
const SMALL = [MASTERS, [2, "m6g.large"], [2, "ultrawarm1.medium"]] as const;
const SMALL_REPLICATED = [MASTERS, [4, "m6g.large"], [2, "ultrawarm1.medium"]] as const;
const LARGE = [MASTERS, [6, "r6g.xlarge"], [15, "ultrawarm1.medium"]] as const;
const LARGE_REPLICATED = [MASTERS, [6, "r6g.2xlarge"], [15, "ultrawarm1.medium"]] as const;

/** AWS's own pipeline of this kind; its months have 30 days. */
export const CLO_FIGURES: readonly PublishedFigure[] = figuresOf(
  "AWS Solutions, Centralized Logging with OpenSearch, Cost",
  [
    ["Kinesis and Lambda, 10 GB a day, 1 shard", 17.505, cloPipeline(10, 1)],
    ["Kinesis and Lambda, 100 GB a day, 2 shards", 88.65, cloPipeline(100, 2)],
    ["Kinesis and Lambda, 1,000 GB a day, 17 shards", 854.1, cloPipeline(1_000, 17)],
    ["Firehose, 1 GB a day in records of 0.2 KB", 21.75, cloFirehose()],
    ["Lambda and S3, 100 GB a day of gzipped access logs", 16.099, cloAccessLogs(100)],
    ["OpenSearch Ingestion and S3, 100 GB a day", 175.5, cloIngestion(100)],
    ["domain, 10 GB a day for 30 days", 216.28, cloDomain([[2, "c6g.large"]], 380)],
    ["domain, the same with a replica", 289.35, cloDomain([[2, "m6g.large"]], 760)],
    ["domain, 100 GB a day for 30 days", 989.49, cloDomain(SMALL, 886, 2_300)],
    ["domain, the same with a replica", 1_295.85, cloDomain(SMALL_REPLICATED, 1_772, 2_300)],
    ["domain, 100 GB a day for 90 days", 1_133.49, cloDomain(SMALL, 886, 8_300)],
    ["domain, 100 GB a day for 180 days", 1_349.49, cloDomain(SMALL, 886, 17_300)],
    ["domain, 1,000 GB a day for 30 days", 6_101.15, cloDomain(LARGE, 8_856, 23_000)],
    ["domain, the same with a replica", 8_759.49, cloDomain(LARGE_REPLICATED, 17_712, 23_000)],
    [
      "domain, 1,000 GB a day for 90 days",
      8_027.33,
      cloDomain(LARGE, 8_856, 83_000),
      "60,000 GB of UltraWarm more than for 30 days are $1,440, as in the row with a replica; here the page adds $1,926",
    ],
    ["domain, the same with a replica", 10_199.49, cloDomain(LARGE_REPLICATED, 17_712, 83_000)],
    ["domain, 1,000 GB a day for 180 days", 9_701.15, cloDomain(LARGE, 8_856, 173_000)],
    ["domain, the same with a replica", 12_644.19, cloDomain(LARGE_REPLICATED, 17_712, 173_000)],
    ["5 alarms and 3 metrics of a pipeline", 1.4, cloMonitoring(5, 3)],
  ],
);
