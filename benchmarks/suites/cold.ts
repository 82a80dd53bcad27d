import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { batchOf } from "../corpus/batches";
import { textOfSize } from "../corpus/corpora";
import { environmentWith, startSink } from "../http/start-sink";
import { median } from "../measure/rounds";
import { send } from "../report/send";

/** How often a process of each kind is started, one after the other. */
const STARTS = 21;

/** The built function's index.js, and the Node.js to start it on. */
const [bundle, node] = process.argv.slice(2) as [string, string];
const EVENT = join(__dirname, "one-event.json");

/** What nobody can avoid: a process that has loaded the module for requests. */
const BARE = 'require("node:https"); process.stdout.write(".")';

const FUNCTION = `
console.log = () => {};
const event = JSON.parse(require("node:fs").readFileSync(${JSON.stringify(EVENT)}));
require(${JSON.stringify(bundle)}).handler(event, { getRemainingTimeInMillis: () => 10_000 }).then(() => {
  process.stdout.write(".");
  process.exit();
});`;

/** Milliseconds from the start of a process to its first output. */
async function startMs(code: string, env: Record<string, string>): Promise<number> {
  const start = performance.now();
  const child = spawn(node, ["-e", code], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const ms = performance.now() - start;
  await ended;
  return ms;
}

async function main(): Promise<void> {
  const sink = await startSink();
  const env = environmentWith(sink);
  writeFileSync(EVENT, JSON.stringify(batchOf(textOfSize(140), 1, 1).event));
  const bare: number[] = [];
  const whole: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    bare.push(await startMs(BARE, env));
    whole.push(await startMs(FUNCTION, env));
  }
  sink.stop();
  send({
    node: process.version,
    "bare process, ms": median(bare),
    "first response, ms": median(whole),
    "beyond bare, ms": median(whole.map((ms, i) => ms - bare[i]!)),
    "beyond bare at best, ms": Math.min(...whole) - Math.min(...bare),
    "bundle KB": readFileSync(bundle).length / 1000,
  });
}

void main();
