import type { Batch } from "../batches";
import { batchOf } from "../batches";
import { base64, core, floor, inflate, packBodies } from "../core";
import { type Corpus, corpora, jsonOfSize, textOfSize } from "../corpora";
import { lambdaUsd } from "../cost";
import { naive } from "../naive";
import { inRounds, median, ratio } from "../rounds";
import { send } from "../send";
import type { Row } from "../table";

const ROUNDS = { count: 11, warmUps: 3 };

/** Real bodies of a batch: the same that the forwarder sends. */
function bodiesOf({ event }: Batch): Buffer[] {
  const bodies: Buffer[] = [];
  packBodies(event, (body) => bodies.push(Buffer.from(body)));
  return bodies;
}

/** A batch is worked on so often in a round that a round takes long enough to be measured. */
async function rowOf(name: string, batch: Batch): Promise<Row> {
  const { event, events, messageBytes } = batch;
  const bodies = bodiesOf(batch);
  const times = Math.max(1, Math.round(5_000 / events), Math.round(2e6 / batch.inflatedBytes));
  const repeat = (work: () => void) => () => {
    for (let i = 0; i < times; i++) work();
  };
  const rounds = await inRounds(
    {
      floor: repeat(() => floor(event, bodies)),
      core: repeat(() => core(event)),
      naive: repeat(() => naive(event)),
      base64: repeat(() => base64(event)),
      inflate: repeat(() => inflate(event)),
      pack: repeat(() => packBodies(event, () => {})),
    },
    ROUNDS,
  );
  const ms = (way: string) => median(rounds[way]!) / times;
  const coreMs = ms("core");
  const share = (part: number) => Math.max(0, Math.round((100 * part) / coreMs));
  const bodyBytes = bodies.reduce((sum, body) => sum + body.length, 0);
  const cpuMsPerMillion = (coreMs / events) * 1e6;
  return {
    batch: name,
    events,
    "ms CPU": coreMs,
    "× floor": ratio(rounds, "core", "floor"),
    "× faster than naive": ratio(rounds, "naive", "core"),
    "events/s": Math.round((events / coreMs) * 1000),
    "MB/s": messageBytes / coreMs / 1000,
    "base64 %": share(ms("base64")),
    "inflate %": share(ms("inflate") - ms("base64")),
    "write and pack %": share(ms("pack") - ms("inflate")),
    "sign %": share(coreMs - ms("pack")),
    "bytes/event beyond the message": Math.round((bodyBytes - messageBytes) / events),
    "CPU ms per million events": Math.round(cpuMsPerMillion),
    "USD per million events": Number(lambdaUsd(cpuMsPerMillion).toPrecision(2)).toString(),
    "peak RSS MB": Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const cases: [Corpus, number, number][] = [
  ...corpora().map((corpus): [Corpus, number, number] => [
    corpus,
    corpus.name.startsWith("CloudTrail") ? 160 : 640,
    50,
  ]),
  ...[50, 140, 1000].flatMap((size) =>
    [textOfSize(size), jsonOfSize(size)].map((c): [Corpus, number, number] => [c, 100, 100]),
  ),
  ...[textOfSize(20_000), jsonOfSize(20_000)].map((c): [Corpus, number, number] => [c, 20, 50]),
  ...[
    [1, 1],
    [100, 1],
    [10_000, 1],
    [1, 1000],
    [100, 1000],
  ].flatMap(([records, events]) =>
    [textOfSize(140), jsonOfSize(140)].map((c): [Corpus, number, number] => [c, records!, events!]),
  ),
];

async function main(): Promise<void> {
  for (const [corpus, records, events] of cases) {
    const name = `${corpus.name}; ${records.toLocaleString("en-US")} × ${events.toLocaleString("en-US")}`;
    send(await rowOf(name, batchOf(corpus, records, events)));
  }
}

void main();
