import { firehoseUsage } from "../model/archive";
import { billOf, totalOf } from "../model/bill";
import { timeOf } from "../model/functions";
import { storageUsage } from "../model/storage";
import { DAYS, GIB, KIB, SECONDS } from "../model/units";
import type { Usage } from "../model/usage";
import { DEFAULT_WORKLOAD, type Workload } from "../model/workload";
import type { PriceList } from "../prices/price-list";
import { EMPTY_DEPLOYMENT } from "./empty-deployment";
import {
  cloAccessLogs,
  cloDomain,
  cloFirehose,
  cloIngestion,
  cloMonitoring,
  cloPipeline,
  FIREHOSE_LANE,
  stream,
  streamOf,
} from "./parts";

/** A figure that somebody published, and what the model makes of the same. */
export interface PublishedFigure {
  /** Document, by name. */
  readonly source: string;
  readonly what: string;
  /** In US dollars a month. */
  readonly usd: number;
  readonly usage: Usage[];
  /** Why the two may differ by more than 5 %. */
  readonly differsBecause?: string;
}

const CLO = "AWS Solutions, Centralized Logging with OpenSearch, Cost";
const CLOUDFRONT = "AWS Labs, aws-cloudfront-extensions, Cost, August 2022";
const DATAPAO = "Datapao, Serverless structured logging";

/** Lines of 2 KB, one a record, through Firehose to S3, each month's kept for a month. */
function lines(count: number, unit?: number): Usage[] {
  const lineBytes = 2 * KIB;
  const workload: Workload = {
    ...DEFAULT_WORKLOAD,
    ...{ lineBytes, linesPerRecord: 1, keptDays: DAYS, firehoseGbPerDay: (count * lineBytes) / GIB / DAYS },
  };
  return firehoseUsage({ ...EMPTY_DEPLOYMENT, firehoses: [FIREHOSE_LANE] }, workload, unit);
}

/** As Datapao counts: nothing is rounded, and no PUT is charged for. */
const asIfUnrounded = (count: number): Usage[] => lines(count, 1).filter(({ what }) => what !== "PUTs");

const MASTERS = [3, "m6g.large"] as const;
const SMALL = [MASTERS, [2, "m6g.large"], [2, "ultrawarm1.medium"]] as const;
const SMALL_REPLICATED = [MASTERS, [4, "m6g.large"], [2, "ultrawarm1.medium"]] as const;
const LARGE = [MASTERS, [6, "r6g.xlarge"], [15, "ultrawarm1.medium"]] as const;
const LARGE_REPLICATED = [MASTERS, [6, "r6g.2xlarge"], [15, "ultrawarm1.medium"]] as const;

const figure = (
  source: string,
  what: string,
  usd: number,
  usage: Usage[],
  differsBecause?: string,
): PublishedFigure => ({
  ...{ source, what, usd, usage },
  ...(differsBecause !== undefined && { differsBecause }),
});

/** All at us-east-1's prices. */
export const PUBLISHED_FIGURES: readonly PublishedFigure[] = [
  figure(DATAPAO, "Firehose to S3, 60 million lines of 2 KB", 4.11, asIfUnrounded(60e6)),
  figure(DATAPAO, "Firehose to S3, 1.2 billion lines of 2 KB", 82.2, asIfUnrounded(1.2e9)),
  figure(CLO, "Kinesis and Lambda, 10 GB a day, 1 shard", 17.505, cloPipeline(10, 1)),
  figure(CLO, "Kinesis and Lambda, 100 GB a day, 2 shards", 88.65, cloPipeline(100, 2)),
  figure(CLO, "Kinesis and Lambda, 1,000 GB a day, 17 shards", 854.1, cloPipeline(1_000, 17)),
  figure(CLO, "Firehose, 1 GB a day in records of 0.2 KB", 21.75, cloFirehose()),
  figure(CLO, "Lambda and S3, 100 GB a day of gzipped access logs", 16.099, cloAccessLogs(100)),
  figure(CLO, "OpenSearch Ingestion and S3, 100 GB a day", 175.5, cloIngestion(100)),
  figure(CLO, "domain, 10 GB a day for 30 days", 216.28, cloDomain([[2, "c6g.large"]], 380)),
  figure(CLO, "domain, the same with a replica", 289.35, cloDomain([[2, "m6g.large"]], 760)),
  figure(CLO, "domain, 100 GB a day for 30 days", 989.49, cloDomain(SMALL, 886, 2_300)),
  figure(CLO, "domain, the same with a replica", 1_295.85, cloDomain(SMALL_REPLICATED, 1_772, 2_300)),
  figure(CLO, "domain, 100 GB a day for 90 days", 1_133.49, cloDomain(SMALL, 886, 8_300)),
  figure(CLO, "domain, 100 GB a day for 180 days", 1_349.49, cloDomain(SMALL, 886, 17_300)),
  figure(CLO, "domain, 1,000 GB a day for 30 days", 6_101.15, cloDomain(LARGE, 8_856, 23_000)),
  figure(CLO, "domain, the same with a replica", 8_759.49, cloDomain(LARGE_REPLICATED, 17_712, 23_000)),
  figure(
    CLO,
    "domain, 1,000 GB a day for 90 days",
    8_027.33,
    cloDomain(LARGE, 8_856, 83_000),
    "60,000 GB of UltraWarm more than for 30 days are $1,440, as in the row with a replica; here the page adds $1,926",
  ),
  figure(CLO, "domain, the same with a replica", 10_199.49, cloDomain(LARGE_REPLICATED, 17_712, 83_000)),
  figure(CLO, "domain, 1,000 GB a day for 180 days", 9_701.15, cloDomain(LARGE, 8_856, 173_000)),
  figure(CLO, "domain, the same with a replica", 12_644.19, cloDomain(LARGE_REPLICATED, 17_712, 173_000)),
  figure(CLO, "5 alarms and 3 metrics of a pipeline", 1.4, cloMonitoring(5, 3)),
  figure(
    CLOUDFRONT,
    "Kinesis, 1 shard, 60 records of 2 KB a second, kept for 7 days",
    27.76,
    streamOf({ ...EMPTY_DEPLOYMENT, streams: [stream(1, 168)] }, 60 * SECONDS, 2 * KIB),
  ),
  figure(
    CLOUDFRONT,
    "Lambda, 86,000 invocations of 500 ms with 512 MB",
    0.38,
    timeOf("functions", "", { memoryMib: 512, isArm: false }, 86_000, 43_000),
  ),
  figure(CLOUDFRONT, "S3, 295 GB", 6.79, storageUsage("archive", { gb: 295, objects: 1, days: DAYS }, {})),
  figure(
    "AWS Lambda pricing, Example 1",
    "3 million invocations of 1 s with 512 MB, beyond the free tier",
    18.74,
    timeOf("functions", "", { memoryMib: 512, isArm: false }, 2e6, 1.1e6 / 0.5),
  ),
];

/** What the first figure is with what Firehose rounds up. */
export const ROUNDED_FIGURE: Usage[] = lines(60e6).filter(({ what }) => what !== "PUTs");

/** What the model computes for a figure, in US dollars. */
export const computed = (usage: readonly Usage[], prices: PriceList): number => totalOf(billOf(usage, prices));
