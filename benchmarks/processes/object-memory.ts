import { statSync } from "node:fs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { peakMib } from "../measure/peak-memory";
import { median, processCpuMs } from "../measure/rounds";
import { sendRow } from "../report/table";
import { accessLogsEnvironment, notification, queueEvent, startRegion } from "../subjects/region";

/** Invokes the built function with one object after the other, and with what it puts on the queue, until nothing is left. */
const [bundle, member, lines, times, objects, timeoutSeconds] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const KEY =
  "AWSLogs/111111111111/elasticloadbalancing/eu-central-1/2026/11/21/111111111111_elasticloadbalancing_eu-central-1_app.shop.50dc6c495c0c9188_20261121T0305Z_10.0.0.9_1b2c3d4e.log.gz";

const RSS_EVERY_MS = 200;

async function main(): Promise<void> {
  const region = await startRegion(member);
  Object.assign(process.env, accessLogsEnvironment(region));
  const { handler } = require(bundle) as { handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> };
  const rss: number[] = [];
  const sampling = setInterval(() => rss.push(process.memoryUsage.rss() / 1024 ** 2), RSS_EVERY_MS);
  const start = performance.now();
  const cpuStart = processCpuMs();
  const size = statSync(member).size * Number(times);
  let invocations = 0;
  let left = Number(objects);
  let pending: readonly string[] = [];
  while (left > 0 || pending.length > 0) {
    if (pending.length === 0) pending = [notification(`${times}/${left--}/${KEY}`, size, times.padStart(32, "0"))];
    for (const body of pending) {
      const deadline = performance.now() + 1000 * Number(timeoutSeconds);
      invocations++;
      const context = { getRemainingTimeInMillis: () => deadline - performance.now() } as Context;
      const { batchItemFailures } = await handler(queueEvent(body), context);
      if (batchItemFailures.length > 0) throw new Error("the function returned the message to the queue");
    }
    const { messages, created: delivered } = await region.state();
    pending = messages;
    console.error(`${invocations} invocations … ${delivered} lines, peak ${Math.round(peakMib())} MiB`);
  }
  const seconds = (performance.now() - start) / 1000;
  const cpuMs = processCpuMs() - cpuStart;
  clearInterval(sampling);
  const { created, repeated, quarantined } = await region.state();
  const count = Number(lines) * Number(times) * Number(objects);
  if (created !== count || quarantined > 0) {
    throw new Error(`of ${count} lines ${created} were indexed, and ${quarantined} objects quarantined`);
  }
  sendRow({
    "gzip, MB": size / 1e6,
    objects: Number(objects),
    lines: count,
    invocations,
    "sent again": repeated,
    seconds,
    "lines/s": Math.round(count / seconds),
    "CPU µs/line": (1000 * cpuMs) / count,
    "RSS MiB": Math.round(median(rss)),
    "peak MiB": Math.round(peakMib()),
  });
  region.stop();
}

void main();
