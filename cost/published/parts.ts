import { firehoseUsage } from "../model/archive";
import { timeOf } from "../model/functions";
import { resourceUsage } from "../model/resources";
import { storageUsage } from "../model/storage";
import { streamUsage } from "../model/streams";
import { trafficOf } from "../model/traffic";
import { DAYS, HOURS, KIB } from "../model/units";
import { type Usage, usagesOf } from "../model/usage";
import { DEFAULT_WORKLOAD } from "../model/workload";
import type { Deployment, Stream } from "../plan/deployment";
import { EMPTY_DEPLOYMENT } from "./empty-deployment";

export const FIREHOSE_LANE = { address: "", name: "", bufferingSeconds: 900, bufferingMib: 128 };

export const stream = (shards: number, retentionHours = 24): Stream => ({
  ...{ address: "", name: "", isEncrypted: false, consumers: 0 },
  ...{ shards, retentionHours },
});

/** A stream with records of one size, as they come. */
export function streamOf(deployment: Deployment, records: number, recordBytes: number): Usage[] {
  const measured = {
    days: DAYS,
    logBytes: records * recordBytes,
    streamRecords: records,
    streamBytes: records * recordBytes,
  };
  const workload = { ...DEFAULT_WORKLOAD, measured };
  return streamUsage(deployment, trafficOf(deployment, workload), workload);
}

/** CLO's pipeline of 1 KB messages, a million to the GB: 500 ms of 1 GB for each MB. */
export const cloPipeline = (gbPerDay: number, shards: number): Usage[] => [
  ...streamOf({ ...EMPTY_DEPLOYMENT, streams: [stream(shards)] }, gbPerDay * 1e6 * DAYS, 1_000),
  ...timeOf(
    "functions",
    "processor",
    { memoryMib: 1_024, isArm: false },
    gbPerDay * 1_000 * DAYS,
    gbPerDay * 500 * DAYS,
  ),
];

/** CLO's domains have gp2 volumes, and UltraWarm storage of so many GB. */
export function cloDomain(
  nodes: readonly (readonly [count: number, instanceType: string])[],
  volumeGb: number,
  warmGb = 0,
): Usage[] {
  const domain = {
    ...{ address: "", volumeGb, volumeType: "gp2", zones: 1, isInVpc: false },
    nodes: nodes.map(([count, type]) => ({ what: "nodes", instanceType: `${type}.search`, count })),
  };
  return [
    ...resourceUsage({ ...EMPTY_DEPLOYMENT, domains: [domain] }, DEFAULT_WORKLOAD),
    usagesOf("search domain")("UltraWarm storage", "search_warm_gb_month", warmGb),
  ];
}

export function cloFirehose(): Usage[] {
  const workload = { ...DEFAULT_WORKLOAD, lineBytes: 0.2 * KIB, linesPerRecord: 1, firehoseGbPerDay: 1 };
  return firehoseUsage({ ...EMPTY_DEPLOYMENT, firehoses: [FIREHOSE_LANE] }, workload).filter(
    ({ what }) => what === "ingestion",
  );
}

/** 260 ms of 1 GB for each MB, and a month of S3 for 4 % of the size. */
export function cloAccessLogs(gbPerDay: number): Usage[] {
  const seconds = 0.26 * 1_024 * gbPerDay * DAYS;
  return [
    ...timeOf("access logs", "processor", { memoryMib: 1_024, isArm: false }, 0, seconds),
    ...storageUsage("access logs", { gb: gbPerDay * 0.04 * DAYS, objects: 1, days: DAYS }, {}),
  ];
}

/** One compute unit. */
export const cloIngestion = (gbPerDay: number): Usage[] => [
  usagesOf("access logs")("OpenSearch Ingestion", "ingestion_ocu_hour", HOURS),
  ...storageUsage("access logs", { gb: gbPerDay * 0.04 * DAYS, objects: 1, days: DAYS }, {}),
];

export function cloMonitoring(alarmMetrics: number, metrics: number): Usage[] {
  const usage = usagesOf("metrics and alarms");
  return [
    ...resourceUsage({ ...EMPTY_DEPLOYMENT, alarmMetrics }, DEFAULT_WORKLOAD),
    usage("metrics", "metric_month", metrics),
  ];
}
