import { firehoseUsage } from "../model/archive";
import { timeOf } from "../model/functions";
import { logUsage } from "../model/logs";
import { storageUsage } from "../model/storage";
import { trafficOf } from "../model/traffic";
import { DAYS, HOURS, KIB, SECONDS } from "../model/units";
import { type Usage, usagesOf } from "../model/usage";
import { DEFAULT_WORKLOAD } from "../model/workload";
import { EMPTY_DEPLOYMENT } from "./empty-deployment";
import { figuresOf, type PublishedFigure } from "./figure";
import { cloMonitoring, FIREHOSE_LANE, stream, streamOf } from "./parts";

/** A log group that ingests and stores so many GB a month. */
function logGroup(ingestedGb: number, storedGb: number): Usage[] {
  const group = { address: "", name: "", retentionDays: DAYS, isOwn: false };
  const deployment = { ...EMPTY_DEPLOYMENT, logGroups: [group] };
  const workload = { ...DEFAULT_WORKLOAD, logGbPerDay: ingestedGb / DAYS, compressedTo: storedGb / ingestedGb };
  return logUsage(deployment, trafficOf(deployment, workload), workload);
}

function firehose(recordsPerSecond: number, recordBytes: number): Usage[] {
  const gbPerDay = (recordsPerSecond * recordBytes * 86_400) / KIB ** 3;
  const workload = { ...DEFAULT_WORKLOAD, lineBytes: recordBytes, linesPerRecord: 1, firehoseGbPerDay: gbPerDay };
  const usages = firehoseUsage({ ...EMPTY_DEPLOYMENT, firehoses: [FIREHOSE_LANE] }, workload);
  return usages.filter(({ what }) => what === "ingestion");
}

const s3 = usagesOf("archive");
const kms = usagesOf("keys and secrets");
const fourShards = { ...EMPTY_DEPLOYMENT, streams: [stream(4)] };

/** The worked examples of AWS's own pages, without their free tiers. docs/cost.md says by which copy each was read. */
export const PAGE_FIGURES: readonly PublishedFigure[] = [
  ...figuresOf("Amazon Kinesis Data Streams pricing, provisioned", [
    ["4 shards, 100 records of 35 KB a second, 31 days", 52.14, streamOf(fourShards, 100 * SECONDS, 35 * KIB)],
  ]),
  ...figuresOf("Amazon Data Firehose pricing", [["1,000 records of 3 KB a second", 358.43, firehose(1_000, 3 * KIB)]]),
  ...figuresOf("Amazon CloudWatch pricing", [
    ["70 metrics (10 instances)", 21, cloMonitoring(0, 70)],
    ["access logs, 25 GB ingested and 1 GB stored beyond the free tier", 12.53, logGroup(25, 1)],
  ]),
  ...figuresOf("AWS Lambda pricing", [
    [
      "3 million invocations of 1 s with 512 MB, beyond the free tier",
      18.74,
      timeOf("functions", "", { memoryMib: 512, isArm: false }, 2e6, 1.1e6 / 0.5),
    ],
    [
      "30 million invocations of 200 ms with 128 MB, beyond the free tier",
      11.63,
      timeOf("functions", "", { memoryMib: 128, isArm: false }, 29e6, 350_000 / 0.125),
    ],
  ]),
  ...figuresOf("Amazon S3 FAQs", [
    ["52,900 GB in S3 Standard", 1_215, storageUsage("archive", { gb: 52_900, objects: 1, days: DAYS }, {})],
    ["310,000 PUTs and 620,000 GETs", 1.8, [s3("PUTs", "s3_put_thousand", 310), s3("GETs", "s3_get_thousand", 620)]],
    [
      "63,487 GB to the internet",
      5_263.27,
      [usagesOf("data transfer")("to the internet", "transfer_internet_gb", 63_487)],
      "the page has lower prices from 10 TB a month on, the model one",
    ],
  ]),
  ...figuresOf("AWS Key Management Service pricing", [
    [
      "1 key, 1,990,000 requests beyond the free tier",
      6.97,
      [kms("KMS keys", "kms_key_month", 1), kms("requests", "kms_request_ten_thousand", 199)],
    ],
  ]),
];

/** What Infracost computes by the AWS Price List, where AWS's pages have no example that could be read. */
export const INFRACOST_FIGURES: readonly PublishedFigure[] = figuresOf(
  "Infracost 95ba4f49, golden files of its tests",
  [
    ["Kinesis, an on-demand stream without data", 29.2, streamOf({ ...EMPTY_DEPLOYMENT, streams: [stream(0)] }, 0, 0)],
    [
      "OpenSearch Service, 2 UltraWarm nodes and 400 GB of gp2",
      401.48,
      [
        usagesOf("search domain")("UltraWarm nodes", "search_hour/ultrawarm1.medium.search", 2 * HOURS),
        usagesOf("search domain")("volumes", "search_gp2_gb_month", 400),
      ],
    ],
  ],
);
