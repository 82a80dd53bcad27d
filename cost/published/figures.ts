import { firehoseUsage } from "../model/archive";
import { billOf, totalOf } from "../model/bill";
import { timeOf } from "../model/functions";
import { storageUsage } from "../model/storage";
import { DAYS, GIB, KIB, SECONDS } from "../model/units";
import type { Usage } from "../model/usage";
import { DEFAULT_WORKLOAD, type Workload } from "../model/workload";
import type { PriceList } from "../prices/price-list";
import { CLO_FIGURES } from "./clo-figures";
import { EMPTY_DEPLOYMENT } from "./empty-deployment";
import { figuresOf, type PublishedFigure } from "./figure";
import { INFRACOST_FIGURES, PAGE_FIGURES } from "./page-figures";
import { FIREHOSE_LANE, stream, streamOf } from "./parts";

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

const weekLong = { ...EMPTY_DEPLOYMENT, streams: [stream(1, 168)] };

/** All at us-east-1's prices. */
export const PUBLISHED_FIGURES: readonly PublishedFigure[] = [
  ...figuresOf("Datapao, Serverless structured logging", [
    ["Firehose to S3, 60 million lines of 2 KB", 4.11, asIfUnrounded(60e6)],
    ["Firehose to S3, 1.2 billion lines of 2 KB", 82.2, asIfUnrounded(1.2e9)],
  ]),
  ...PAGE_FIGURES,
  ...CLO_FIGURES,
  ...figuresOf("AWS Labs, aws-cloudfront-extensions, Cost, August 2022", [
    [
      "Kinesis, 1 shard, 60 records of 2 KB a second, kept for 7 days",
      27.76,
      streamOf(weekLong, 60 * SECONDS, 2 * KIB),
    ],
    [
      "Lambda, 86,000 invocations of 500 ms with 512 MB",
      0.38,
      timeOf("functions", "", { memoryMib: 512, isArm: false }, 86_000, 43_000),
    ],
    ["S3, 295 GB", 6.79, storageUsage("archive", { gb: 295, objects: 1, days: DAYS }, {})],
  ]),
  ...INFRACOST_FIGURES,
];

/** What the first figure is with what Firehose rounds up. */
export const ROUNDED_FIGURE: Usage[] = lines(60e6).filter(({ what }) => what !== "PUTs");

/** What the model computes for a figure, in US dollars. */
export const computed = (usage: readonly Usage[], prices: PriceList): number => totalOf(billOf(usage, prices));
