import { FIREHOSE_UNIT, HOURS, KIB, ON_DEMAND_UNIT, PUT_UNIT, SECONDS, SHARD } from "../../cost/model/units";
import { markdownTable } from "../../tools/text/markdown-table";
import { PRICES } from "./prices";

/** Lines at their peak, as a multiple of their mean. */
const PEAK = 2;

/** What gzip leaves of the lines. */
const GZIP = 0.3;

/** A month's lines, and how they come. */
export interface MonthlyLines {
  lines: number;
  lineBytes: number;
  linesPerRecord: number;
}

const recordsOf = ({ lines, linesPerRecord }: MonthlyLines): number => Math.ceil(lines / linesPerRecord);
const bytesOf = ({ lines, lineBytes }: MonthlyLines): number => lines * lineBytes;
const units = ({ lineBytes, linesPerRecord }: MonthlyLines, unit: number): number =>
  Math.ceil((lineBytes * linesPerRecord) / unit);

/** A month of what is stored in it, compressed. */
const stored = (month: MonthlyLines): number => bytesOf(month) * GZIP * PRICES.s3Month;

/** Firehose to S3, as if Firehose rounded nothing: the figures of "Serverless structured logging" (Datapao). */
export const firehoseUnrounded = (month: MonthlyLines): number => bytesOf(month) * PRICES.firehose + stored(month);

/** Firehose to S3, or to search with all of it in S3, too: without the search engine. */
export const firehose = (month: MonthlyLines): number =>
  recordsOf(month) * units(month, FIREHOSE_UNIT) * FIREHOSE_UNIT * PRICES.firehose + stored(month);

/** How many shards take the lines at their peak. */
export const shards = (month: MonthlyLines): number =>
  Math.ceil((PEAK / SECONDS) * Math.max(bytesOf(month) / SHARD.bytes, recordsOf(month) / SHARD.records));

/** A stream with shards, and its archive. */
export const provisioned = (month: MonthlyLines): number =>
  Math.max(1, shards(month)) * PRICES.shardHour * HOURS +
  recordsOf(month) * units(month, PUT_UNIT) * PRICES.putUnit +
  stored(month);

/** An on-demand stream, and its archive. */
export const onDemand = (month: MonthlyLines): number => {
  const billed = recordsOf(month) * units(month, ON_DEMAND_UNIT) * ON_DEMAND_UNIT;
  return PRICES.onDemandHour * HOURS + billed * PRICES.onDemandIn + bytesOf(month) * PRICES.onDemandOut + stored(month);
};

const LINE_BYTES = 2 * KIB;
const MONTHS = [60e6, 1.2e9];

const WAYS: readonly [way: string, record: string, linesPerRecord: number, cost: (month: MonthlyLines) => number][] = [
  ["Firehose → S3", "as if nothing were rounded", 1, firehoseUnrounded],
  ["Firehose → S3, or → search and S3", "one line", 1, firehose],
  ["Firehose → S3", "packed, 12 lines", 12, firehose],
  ["stream with shards → forwarder", "one line", 1, provisioned],
  ["stream with shards → forwarder", "packed, 12 lines", 12, provisioned],
  ["on-demand stream → forwarder", "packed, 12 lines", 12, onDemand],
];

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** What a month of lines of 2 KB costs on each way. */
export const applicationCostsTable = (): string =>
  markdownTable(
    ["Way", "A record is", "Idle, a month", "60 million lines, 114 GiB", "1.2 billion lines, 2.2 TiB"],
    WAYS.map(([way, record, linesPerRecord, cost]) => [
      way,
      record,
      dollars(cost({ lines: 0, lineBytes: LINE_BYTES, linesPerRecord })),
      ...MONTHS.map((lines) => dollars(cost({ lines, lineBytes: LINE_BYTES, linesPerRecord }))),
    ]),
  );
