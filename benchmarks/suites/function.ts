import type { Context, KinesisStreamHandler } from "aws-lambda";
import { batchOf } from "../batches";
import { core } from "../core";
import { corpora, jsonOfSize, textOfSize } from "../corpora";
import { inRounds, median, ratio } from "../rounds";
import { send } from "../send";
import { environmentWith, startSink } from "../start-sink";

const CONTEXT = { getRemainingTimeInMillis: () => 60_000 } as Context;

async function main(): Promise<void> {
  const sink = await startSink();
  Object.assign(process.env, environmentWith(sink));
  // Reads its environment when it is loaded.
  const { handler } = require("../../functions/forwarder/index") as { handler: KinesisStreamHandler };
  const cases = [
    ...corpora().map((corpus) => batchOf(corpus, 200, 50)),
    ...[textOfSize(140), jsonOfSize(140)].flatMap((corpus) => [batchOf(corpus, 1, 1), batchOf(corpus, 10_000, 1)]),
  ];
  const names = [
    ...corpora().map(({ name }) => `${name}; 200 × 50`),
    ...["text", "JSON"].flatMap((kind) => [`${kind}, 140 B; 1 × 1`, `${kind}, 140 B; 10,000 × 1`]),
  ];
  for (const [i, { event, events }] of cases.entries()) {
    const times = Math.max(1, Math.round(500 / events));
    const rounds = await inRounds(
      {
        core: () => {
          for (let n = 0; n < times; n++) core(event);
        },
        whole: async () => {
          for (let n = 0; n < times; n++) await handler(event, CONTEXT, () => {});
        },
      },
      { count: 21, warmUps: 5 },
    );
    send({
      batch: names[i]!,
      events,
      "core, ms CPU": median(rounds.core!) / times,
      "whole function, ms CPU": median(rounds.whole!) / times,
      "× core": ratio(rounds, "whole", "core"),
      "CPU ms per million events": Math.round((median(rounds.whole!) / times / events) * 1e6),
      "peak RSS MB": Math.round(process.resourceUsage().maxRSS / 1024),
    });
  }
  sink.stop();
}

void main();
