import { readFileSync } from "node:fs";
import type { Context, KinesisStreamHandler } from "aws-lambda";
import { peakMib } from "../measure/peak-memory";
import { median } from "../measure/rounds";
import { sendRow } from "../report/table";
import { environmentWith, startSink } from "../subjects/local-sink";

/** Invokes the built function with the batches of the files, by turns, for `minutes`. */
const [bundle, minutes, ...files] = process.argv.slice(2) as [string, string, ...string[]];
const CONTEXT = { getRemainingTimeInMillis: () => 60_000 } as Context;
const ROWS = 12;

async function main(): Promise<void> {
  const sink = await startSink();
  Object.assign(process.env, environmentWith(sink));
  const { handler } = require(bundle) as { handler: KinesisStreamHandler };
  const start = performance.now();
  let batches = 0;
  for (let row = 1; row <= ROWS; row++) {
    const rss: number[] = [];
    do {
      // A new object from JSON, as from Lambda.
      await handler(JSON.parse(readFileSync(files[batches++ % files.length]!, "utf8")), CONTEXT, () => {});
      rss.push(process.memoryUsage.rss() / 1024 ** 2);
    } while (performance.now() - start < (row / ROWS) * Number(minutes) * 60_000);
    sendRow({
      "after, s": Math.round((performance.now() - start) / 1000),
      batches,
      "RSS MiB": Math.round(median(rss)),
      "peak MiB": Math.round(peakMib()),
    });
  }
  sink.stop();
}

void main();
