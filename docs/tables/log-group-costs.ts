import { DAYS, GIB, HOURS, KIB, ON_DEMAND_UNIT, PUT_UNIT, SECONDS, SHARD, VCPU_MIB } from "../../cost/model/units";
import { markdownTable } from "../../tools/text/markdown-table";
import { ADVANTAGE_MINIMUM, PRICES } from "./prices";

/** How log groups get to streams. One subscription of the account costs what a shared stream costs. */
export type Sharing = "own" | "shared";
export type Capacity = "provisioned" | "on-demand standard" | "on-demand advantage";

/** A month's log groups, which write as much each, all the time. */
export interface MonthlyLogs {
  logGroups: number;
  gibPerDay: number;
  sharing: Sharing;
  capacity: Capacity;
}

/** A month's parts, in US dollars. */
export interface LogGroupCosts {
  /** The same whatever reads the log groups. */
  ingestion: number;
  streams: number;
  /** Invocations, their time, and the lines that they write into their own log groups. */
  functions: number;
  /** The archive's objects, without what they hold. */
  puts: number;
}

const LINE_BYTES = 250;
const LINES_PER_RECORD = 50;
/** What gzip leaves of the lines. */
const GZIP = 0.3;
/** The peak of the lines, as a multiple of their mean. */
const PEAK = 2;

/** The defaults of the module. A shard that is half full never has a batch that is full earlier. */
const WINDOW_SECONDS = 5;
const MEMORY_GIB = 0.5;
/** Of a full vCPU, which a function has with 1,769 MB (Lambda Developer Guide, Configure Lambda function memory). */
const VCPU_SHARE = (MEMORY_GIB * KIB) / VCPU_MIB;
/** Measured: docs/performance.md, "The whole function", access logs (text). */
const CPU_SECONDS_PER_LINE = 1.906 / 1e6;
/** An assumption: for the search endpoint and S3, which answer after each other. */
const WAITING_SECONDS = 0.1;
/** The function's line of metrics, and START, END and REPORT of Lambda. */
const OWN_LOG_BYTES = 2 * KIB;

const BYTES_PER_RECORD = LINE_BYTES * LINES_PER_RECORD * GZIP;

const recordsOf = ({ gibPerDay }: MonthlyLogs): number => (gibPerDay * GIB * DAYS) / (LINE_BYTES * LINES_PER_RECORD);

const streamsOf = ({ logGroups, sharing }: MonthlyLogs): number => (sharing === "own" ? logGroups : 1);

/** The shards of all streams; an on-demand stream begins with four (Kinesis Data Streams developer guide, "Quotas and limits": 4 MB/s). */
export function shardsOf(logs: MonthlyLogs): number {
  const streams = streamsOf(logs);
  const records = ((recordsOf(logs) / SECONDS) * PEAK) / streams;
  const needed = Math.ceil(Math.max((records * BYTES_PER_RECORD) / SHARD.bytes, records / SHARD.records));
  return streams * Math.max(needed, logs.capacity === "provisioned" ? 1 : 4);
}

/** A batch for each shard and window, unless there are fewer records. */
export const invocationsOf = (logs: MonthlyLogs): number =>
  Math.min(recordsOf(logs), (shardsOf(logs) * SECONDS) / WINDOW_SECONDS);

function streamCosts(logs: MonthlyLogs): number {
  const records = recordsOf(logs);
  const billed = records * Math.ceil(BYTES_PER_RECORD / ON_DEMAND_UNIT) * ON_DEMAND_UNIT;
  const read = records * BYTES_PER_RECORD;
  switch (logs.capacity) {
    case "provisioned":
      return (
        shardsOf(logs) * HOURS * PRICES.shardHour + records * Math.ceil(BYTES_PER_RECORD / PUT_UNIT) * PRICES.putUnit
      );
    case "on-demand standard":
      return streamsOf(logs) * HOURS * PRICES.onDemandHour + billed * PRICES.onDemandIn + read * PRICES.onDemandOut;
    case "on-demand advantage": {
      const minimum = ADVANTAGE_MINIMUM * SECONDS;
      return Math.max(billed, minimum) * PRICES.advantageIn + Math.max(read, minimum) * PRICES.advantageOut;
    }
  }
}

export function costsOf(logs: MonthlyLogs): LogGroupCosts {
  const invocations = invocationsOf(logs);
  const seconds =
    invocations * WAITING_SECONDS + (recordsOf(logs) * LINES_PER_RECORD * CPU_SECONDS_PER_LINE) / VCPU_SHARE;
  return {
    ingestion: logs.gibPerDay * GIB * DAYS * PRICES.logsIngested,
    streams: streamCosts(logs),
    functions:
      invocations * (PRICES.lambdaRequest + OWN_LOG_BYTES * PRICES.logsIngested) +
      seconds * MEMORY_GIB * PRICES.lambdaGibSecond,
    puts: invocations * PRICES.s3Put,
  };
}

/** What a pipeline adds to the log groups. */
export const pipelineCosts = (logs: MonthlyLogs): number => {
  const { streams, functions, puts } = costsOf(logs);
  return streams + functions + puts;
};

const LOG_GROUPS = [10, 100, 1_000];
const GIB_PER_DAY = [1, 100, 1_000];
const WAYS: readonly Pick<MonthlyLogs, "sharing" | "capacity">[] = (["own", "shared"] as const).flatMap((sharing) =>
  (["provisioned", "on-demand standard", "on-demand advantage"] as const).map((capacity) => ({ sharing, capacity })),
);

const grouped = new Intl.NumberFormat("en-US");
const dollars = (amount: number): string => `$${amount < 10 ? amount.toFixed(2) : grouped.format(Math.round(amount))}`;
const nameOf = ({ sharing, capacity }: (typeof WAYS)[number]): string =>
  `${sharing === "own" ? "own" : "one"}, ${capacity}`;

/** What a pipeline costs a month, by the number of log groups and by their size. */
export const logGroupCostsTable = (): string =>
  markdownTable(
    ["Log groups", "GB a day", "CloudWatch Logs, in any case", ...WAYS.map(nameOf)],
    LOG_GROUPS.flatMap((logGroups) =>
      GIB_PER_DAY.map((gibPerDay) => [
        grouped.format(logGroups),
        grouped.format(gibPerDay),
        dollars(costsOf({ logGroups, gibPerDay, ...WAYS[0]! }).ingestion),
        ...WAYS.map((way) => dollars(pipelineCosts({ logGroups, gibPerDay, ...way }))),
      ]),
    ),
  );

/** The parts of one row. */
export const logGroupCostPartsTable = (): string =>
  markdownTable(
    ["100 log groups, 100 GB a day", "Shards", "Streams", "Functions", "PUTs of the archive"],
    WAYS.map((way) => {
      const logs = { logGroups: 100, gibPerDay: 100, ...way };
      const { streams, functions, puts } = costsOf(logs);
      return [nameOf(way), grouped.format(shardsOf(logs)), dollars(streams), dollars(functions), dollars(puts)];
    }),
  );
