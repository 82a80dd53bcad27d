import { readBatch } from "../corpus/batches";
import { SHARED_STREAM } from "../corpus/cases";
import { inRounds, median, ratio, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { loadForwarder } from "../subjects/built-forwarder";
import { environmentWith, startSink } from "../subjects/local-sink";

/** CPU milliseconds of one way in all rounds. */
const BUDGET_MS = 4_000;

/** The built function's index.js, and batches of one log group and of many. */
const [bundle, one, many, name] = process.argv.slice(2) as [string, string, string, string];

async function main(): Promise<void> {
  const sink = await startSink();
  const invoke = loadForwarder(bundle, { ...environmentWith({ origin: sink.tlsOrigin }), ...SHARED_STREAM });
  const [oneGroup, manyGroups] = [readBatch(one), readBatch(many)];
  const ways = { one: () => invoke(oneGroup.event), many: () => invoke(manyGroups.event) };
  await warm(ways.many);
  const rounds = await inRounds(ways, roundsFor(await warm(ways.one), BUDGET_MS));
  sink.stop();
  sendRow({
    batch: name,
    "1 log group, ms CPU": median(rounds.one),
    "500 log groups, ms CPU": median(rounds.many),
    "× 1 log group": ratio(rounds, "many", "one"),
  });
}

void main();
