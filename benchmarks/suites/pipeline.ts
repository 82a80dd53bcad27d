import { setTimeout as sleep } from "node:timers/promises";
import { checkPrerequisites } from "../../local/start/prerequisites";
import { build } from "../../local/terraform/synthesize";
import { type Corpus, corpora } from "../corpus/corpora";
import { profiled } from "../measure/cpu-profile";
import { median } from "../measure/rounds";
import type { TableRow, Tables } from "../report/table";
import { type PipelineParts, startPipeline } from "../subjects/pipeline";
import type { SuiteOptions, SuiteResult } from "./suite";

/** Records that are put before the mapping starts. */
const BACKLOG = { records: 400, eventsPerRecord: 100 };

/** A record every 200 ms. */
const STEADY = { seconds: 30, everyMs: 200 };

export interface PipelineOptions extends SuiteOptions {
  /** Of the steady load. */
  eventsPerSecond: number;
}

/** After so long the benchmark gives up. */
const TIMEOUT_MS = 300_000;

/**
 * Measures the whole pipeline with a backlog, then with a steady load: throughput, the time of each part, and the latency
 * from the put until an event can be found. The profile is that of this process, which has the event source mapping.
 */
export async function pipelineSuite({ profiles, eventsPerSecond }: PipelineOptions): Promise<SuiteResult> {
  await checkPrerequisites(false);
  await build();
  const parts = await startPipeline();
  try {
    return { tables: await profiled(profiles, "pipeline", () => measureAll(parts, eventsPerSecond)) };
  } finally {
    await parts.stop();
  }
}

async function measureAll(parts: PipelineParts, eventsPerSecond: number): Promise<Tables> {
  const [corpus] = corpora();
  const backlog = await drainBacklog(parts, corpus!);
  const steady = await steadyLoad(parts, corpus!, eventsPerSecond);
  return { ...backlog, "From the put until it can be found, at a steady load": [steady] };
}

async function drainBacklog(parts: PipelineParts, { messages }: Corpus): Promise<Tables> {
  const events = BACKLOG.records * BACKLOG.eventsPerRecord;
  for (let n = 0; n < BACKLOG.records; n++) {
    const some = Array.from({ length: BACKLOG.eventsPerRecord }, (_, i) => messages[(n * 100 + i) % messages.length]!);
    await parts.put("backlog", some);
  }
  const start = performance.now();
  await parts.startReading();
  await until(async () => (await parts.count("backlog")) >= events);
  const seconds = (performance.now() - start) / 1000;
  const { durations } = parts;
  const share = (part: string, ms: number): TableRow => ({
    part,
    seconds: ms / 1000,
    "share, %": Math.round(ms / seconds / 10),
  });
  return {
    "A backlog, one shard": [{ events, seconds, "events/s": Math.round(events / seconds) }],
    "Where the time went": [
      share("the forwarder: decode, write, pack, sign", durations.DecodeDuration),
      share("OpenSearch: waiting for _bulk", durations.DeliveryDuration - durations.DecodeDuration),
      share("S3 (emulator): waiting for the archive", durations.ArchiveDuration),
      share("Kinesis (emulator), mapping, and until it can be found", seconds * 1000 - durations.Duration),
    ],
  };
}

async function steadyLoad(parts: PipelineParts, { messages }: Corpus, eventsPerSecond: number): Promise<TableRow> {
  const eventsPerRecord = Math.max(1, Math.round((eventsPerSecond * STEADY.everyMs) / 1000));
  const eventOf = (n: number, i: number) =>
    JSON.stringify({ n, message: messages[(n * eventsPerRecord + i) % messages.length] });
  const putAt: number[] = [];
  const foundAfterMs: number[] = [];
  const count = (STEADY.seconds * 1000) / STEADY.everyMs;
  const putting = (async () => {
    for (let n = 0; n < count; n++) {
      const next = sleep(STEADY.everyMs);
      putAt.push(performance.now());
      await parts.put(
        "steady",
        Array.from({ length: eventsPerRecord }, (_, i) => eventOf(n, i)),
      );
      await next;
    }
  })();
  // One shard keeps the order: records before the last one that can be found can be found, too.
  await until(async () => {
    const last = await parts.lastFound("steady", "n");
    while (foundAfterMs.length <= last) foundAfterMs.push(performance.now() - putAt[foundAfterMs.length]!);
    return foundAfterMs.length === count;
  });
  await putting;
  const sorted = foundAfterMs.sort((a, b) => a - b);
  const percentile = (p: number) => Math.round(sorted[Math.ceil(p * count) - 1]!);
  return {
    "events/s": (eventsPerRecord * 1000) / STEADY.everyMs,
    "median, ms": Math.round(median(sorted)),
    "p95, ms": percentile(0.95),
    "p99, ms": percentile(0.99),
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not all events could be found within ${TIMEOUT_MS / 1000} s`);
    await sleep(50);
  }
}
