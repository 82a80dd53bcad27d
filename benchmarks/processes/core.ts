import { readBatch } from "../corpus/batches";
import { peakMib } from "../measure/peak-memory";
import { inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { percentages, type Steps, stepsOf } from "../measure/steps";
import { sendRow } from "../report/table";
import { batchProgress, bodiesOf, core, floor, leanFloor } from "../subjects/core";
import { naive } from "../subjects/naive";

/** CPU milliseconds of the core in all rounds of a case; beside the naive one, which takes long, fewer. */
const BUDGET_MS = 800;
const BESIDE_NAIVE_MS = 250;

const [file, name] = process.argv.slice(2) as [string, string];

async function main(): Promise<void> {
  const { event, events, messageBytes } = readBatch(file);
  const coreMs = await warm(() => core(event));
  // Before anything but the core takes memory.
  const peak = peakMib();
  const bodies = bodiesOf(batchProgress(event.Records));
  const plan = roundsFor(coreMs, BUDGET_MS);
  const ways = { floor: () => floor(event, bodies), lean: () => leanFloor(event, bodies), core: () => core(event) };
  const rounds = await inRounds(ways, plan);
  const steps: Steps[] = [];
  for (let n = 0; n < plan.count * plan.times; n++) steps.push(stepsOf(event));
  const step = (part: keyof Steps) => median(steps.map((one) => one[part]));
  const shares = percentages({
    base64: step("base64"),
    inflate: step("inflate"),
    write: step("write"),
    sign: step("sign"),
  });
  // In rounds of its own: collecting its garbage would count against the floor.
  const besideNaive = await inRounds(
    { core: () => core(event), naive: () => naive(event) },
    roundsFor(coreMs, BESIDE_NAIVE_MS),
  );
  const ms = median(rounds.core);
  const bodyBytes = bodies.reduce((sum, body) => sum + body.length, 0);
  sendRow({
    batch: name,
    "ms CPU": ms,
    "× floor": ratio(rounds, "core", "floor"),
    "× lean floor": ratio(rounds, "core", "lean"),
    "× naive": ratio(besideNaive, "naive", "core"),
    "events/s": Math.round((events / ms) * 1000),
    "MB/s": messageBytes / ms / 1000,
    "base64 %": shares.base64,
    "inflate %": shares.inflate,
    "write %": shares.write,
    "sign %": shares.sign,
    "B more": Math.round((bodyBytes - messageBytes) / events),
    "ms/M": Math.round((ms / events) * 1e6),
    "peak MiB": Math.round(peak),
  });
}

void main();
