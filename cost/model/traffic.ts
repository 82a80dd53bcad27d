import type { DeployedFunction, Deployment, Stream } from "../plan/deployment";
import { DAYS, GIB, MIB, ON_DEMAND_SHARDS, SECONDS, SHARD, VCPU_MIB } from "./units";
import type { Workload } from "./workload";

/** A month of what log groups write, on its way. */
export interface MonthlyTraffic {
  /** As ingested. */
  readonly gb: number;
  readonly lines: number;
  readonly records: number;
  /** Of a record in a stream, compressed. */
  readonly recordBytes: number;
  readonly invocations: number;
  /** Of all forwarders together. */
  readonly functionSeconds: number;
  /** Put into the archive bucket. */
  readonly archivedGb: number;
  /** Bodies of `_bulk` requests, before they are compressed. */
  readonly sentGb: number;
}

/** What a batch may hold of records' data: Lambda takes 6 MB, in base64 (Lambda Developer Guide, Kinesis: batching behavior). */
const BATCH_BYTES = (6 * MIB * 3) / 4;

/** What a document has beyond its message, in bytes: docs/performance.md, "The core", access logs (text). */
const BYTES_BEYOND_MESSAGE = 507;

export const forwardersOf = ({ functions }: Deployment) => functions.filter(({ kind }) => kind === "forwarder");

/** Shards of a stream; of an on-demand one as many as its part of the peak takes. */
export function shardsOfStream({ shards }: Stream, streams: number, { gb, records }: PeakTraffic): number {
  if (shards > 0) return shards;
  const needed = Math.max((gb * GIB) / SECONDS / SHARD.bytes, records / SECONDS / SHARD.records) / streams;
  return Math.max(ON_DEMAND_SHARDS, Math.ceil(needed));
}

/** Of a month that would be like its busiest minute; `gb` as in the streams. */
export type PeakTraffic = { readonly gb: number; readonly records: number };

export function peakOf({ records, recordBytes }: MonthlyTraffic, { peak }: Workload): PeakTraffic {
  return { gb: (records * recordBytes * peak) / GIB, records: records * peak };
}

/** A month of a workload in a deployment. */
export function trafficOf(deployment: Deployment, workload: Workload): MonthlyTraffic {
  const { lineBytes, linesPerRecord, compressedTo, measured } = workload;
  const perMonth = (counted: number | undefined) =>
    counted !== undefined && measured ? (counted * DAYS) / measured.days : undefined;
  // A subscription of the account, and prefixes, do not name their log groups.
  const fromStreams = measured?.streamBytes !== undefined ? measured.streamBytes / compressedTo : undefined;
  const gb = (perMonth(measured?.logBytes ?? fromStreams) ?? workload.logGbPerDay * DAYS * GIB) / GIB;
  const lines = perMonth(measured?.events) ?? (gb * GIB) / lineBytes;
  const records = perMonth(measured?.streamRecords) ?? lines / linesPerRecord;
  const streamBytes = perMonth(measured?.streamBytes) ?? gb * GIB * compressedTo;
  const recordBytes = records === 0 ? 0 : streamBytes / records;
  const written = { gb, lines, records, recordBytes };
  const invocations = perMonth(measured?.invocations) ?? invocationsOf(deployment, workload, written);
  const functionSeconds =
    perMonth(measured?.functionSeconds) ?? secondsOf(deployment, workload, { lines, invocations });
  const archivedGb = (perMonth(measured?.archivedBytes) ?? streamBytes) / GIB;
  const sentGb = (perMonth(measured?.sentBytes) ?? gb * GIB + lines * BYTES_BEYOND_MESSAGE) / GIB;
  return { ...written, invocations, functionSeconds, archivedGb, sentGb };
}

type Written = Pick<MonthlyTraffic, "records" | "recordBytes">;

/** Shards that take the workload's peak. */
export function neededShards(deployment: Deployment, workload: Workload): number {
  const { gb, records } = peakOf(trafficOf(deployment, workload), workload);
  return Math.max(1, Math.ceil(Math.max((gb * GIB) / SECONDS / SHARD.bytes, records / SECONDS / SHARD.records)));
}

/** A batch for each shard and window, unless there are fewer records, or more than a batch holds. */
function invocationsOf(
  { streams, batching }: Deployment,
  { peak }: Workload,
  { records, recordBytes }: Written,
): number {
  const ofPeak = { gb: (records * recordBytes * peak) / GIB, records: records * peak };
  const shards = streams
    .map((stream) => shardsOfStream(stream, streams.length, ofPeak))
    .reduce((sum, each) => sum + each, 0);
  // Without a window, Lambda polls a shard once a second.
  const windows = (shards * batching.parallelization * SECONDS) / Math.max(1, batching.windowSeconds);
  const fullBatches = Math.max(records / batching.size, (records * recordBytes) / BATCH_BYTES);
  return streams.length === 0 ? 0 : Math.max(fullBatches, Math.min(records, windows));
}

function secondsOf(
  deployment: Deployment,
  workload: Workload,
  { lines, invocations }: Pick<MonthlyTraffic, "lines" | "invocations">,
): number {
  const forwarder = forwardersOf(deployment)[0];
  if (forwarder === undefined) return 0;
  return invocations * workload.waitingSeconds + cpuSeconds(lines, forwarder, workload);
}

/** The part of a vCPU that a function's memory gives one thread, up to 1. */
export const vcpusOf = ({ memoryMib }: Pick<DeployedFunction, "memoryMib">): number =>
  Math.min(1, Math.max(memoryMib, 1) / VCPU_MIB);

/** How long a function takes for lines, without what it waits for. */
export const cpuSeconds = (
  lines: number,
  lambda: Pick<DeployedFunction, "memoryMib">,
  { cpuSecondsPerMillionLines }: Workload,
): number => ((lines / 1e6) * cpuSecondsPerMillionLines) / vcpusOf(lambda);
