import type { Context, KinesisStreamHandler } from "aws-lambda";
import { readBatch } from "../corpus/batches";
import { passMs, warm } from "../measure/rounds";
import { environmentWith } from "../subjects/local-sink";

/** Invokes a built function with the batch as often as each message says, and answers with the CPU time of an invocation. */
const [bundle, file, origin] = process.argv.slice(2) as [string, string, string];
const CONTEXT = { getRemainingTimeInMillis: () => 60_000 } as Context;

Object.assign(process.env, environmentWith({ origin }));
const { handler } = require(bundle) as { handler: KinesisStreamHandler };
const { event } = readBatch(file);
const invoke = async () => void (await handler(event, CONTEXT, () => {}));

process.on("message", async (times: number) => process.send!(await passMs(invoke, times)));
process.on("disconnect", () => process.exit());
void warm(invoke).then((ms) => process.send!(ms));
