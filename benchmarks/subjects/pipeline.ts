import { setTimeout as sleep } from "node:timers/promises";
import type { Corpus } from "../corpus/corpora";
import { median } from "../measure/rounds";
import type { TableRow } from "../report/table";
import { type PipelineParts, startPipeline } from "./pipeline-parts";

/** The backlog: records of so many events each, put before anything reads them. */
const BACKLOG = { records: 400, eventsPerRecord: 100 };

/** The steady load: a record now and then. */
const STEADY = { seconds: 30, everyMs: 200, eventsPerRecord: 20 };

/** How long anything may take until the benchmark gives up. */
const PATIENCE_MS = 300_000;

/**
 * Lets a backlog pass through the whole pipeline, then a steady load: how many events a second, where the time goes, and how
 * long it takes from the put until an event can be found.
 */
export async function pipeline(corpus: Corpus): Promise<Record<string, TableRow[]>> {
  const parts = await startPipeline();
  try {
    const throughput = await drainBacklog(parts, corpus);
    return { ...throughput, "From the put until it can be found, at a steady load": [await steadyLoad(parts)] };
  } finally {
    await parts.stop();
  }
}

async function drainBacklog(parts: PipelineParts, { messages }: Corpus): Promise<Record<string, TableRow[]>> {
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

async function steadyLoad(parts: PipelineParts): Promise<TableRow> {
  const putAt: number[] = [];
  const foundAfterMs: number[] = [];
  const count = (STEADY.seconds * 1000) / STEADY.everyMs;
  const putting = (async () => {
    for (let n = 0; n < count; n++) {
      const next = sleep(STEADY.everyMs);
      putAt.push(performance.now());
      await parts.put("steady", Array(STEADY.eventsPerRecord).fill(`{"n":${n}}`));
      await next;
    }
  })();
  // One shard keeps the order: what was put before the last record that can be found can be found, too.
  await until(async () => {
    const last = await parts.lastFound("steady", "n");
    while (foundAfterMs.length <= last) foundAfterMs.push(performance.now() - putAt[foundAfterMs.length]!);
    return foundAfterMs.length === count;
  });
  await putting;
  const sorted = foundAfterMs.sort((a, b) => a - b);
  const percentile = (p: number) => Math.round(sorted[Math.ceil(p * count) - 1]!);
  return {
    "events/s": (STEADY.eventsPerRecord * 1000) / STEADY.everyMs,
    "median, ms": Math.round(median(sorted)),
    "p95, ms": percentile(0.95),
    "p99, ms": percentile(0.99),
  };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not all events could be found within ${PATIENCE_MS / 1000} s`);
    await sleep(50);
  }
}
