import { readFileSync } from "node:fs";
import type { Context, KinesisStreamHandler } from "aws-lambda";
import { send } from "../send";
import { environmentWith, startSink } from "../start-sink";

/** Invokes the function with the batch in a file, again and again; prints its memory now and then. */
const [file, count] = process.argv.slice(2) as [string, string];
const CONTEXT = { getRemainingTimeInMillis: () => 60_000 } as Context;

async function main(): Promise<void> {
  const sink = await startSink();
  Object.assign(process.env, environmentWith(sink));
  const { handler } = require("../../functions/forwarder/index") as { handler: KinesisStreamHandler };
  for (let n = 1; n <= Number(count); n++) {
    // As Lambda hands it over: a fresh object from JSON.
    await handler(JSON.parse(readFileSync(file, "utf8")), CONTEXT, () => {});
    if (n === 1 || n % 20 === 0) {
      const rss = Math.round(process.memoryUsage.rss() / 1e6);
      send({ "after batches": n, "RSS MB": rss, "peak RSS MB": Math.round(process.resourceUsage().maxRSS / 976.5625) });
    }
  }
  sink.stop();
}

void main();
