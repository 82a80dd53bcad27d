import { readBatch } from "../corpus/batches";
import { passMs, warm } from "../measure/rounds";
import { loadForwarder } from "../subjects/built-forwarder";
import { environmentWith } from "../subjects/local-sink";

/** Invokes a built function with the batch as often as each message says, and answers with the CPU time of an invocation. */
const [bundle, file, origin, more] = process.argv.slice(2) as [string, string, string, string];

const forwarder = loadForwarder(bundle, { ...environmentWith({ origin }), ...JSON.parse(more) });
const { event } = readBatch(file);
const invoke = () => forwarder(event);

process.on("message", async (times: number) => process.send!(await passMs(invoke, times)));
process.on("disconnect", () => process.exit());
void warm(invoke).then((ms) => process.send!(ms));
