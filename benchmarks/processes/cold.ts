import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { batchOf } from "../corpus/batches";
import { textOfSize } from "../corpus/corpora";
import { profileFlags } from "../measure/cpu-profile";
import { median } from "../measure/rounds";
import { sendRow } from "../report/table";
import { environmentWith, startSink } from "../subjects/local-sink";

/** Starts of each kind of process, by turns. */
const STARTS = 21;

/** The built function's index.js, the Node.js to start it on, and the folder for CPU profiles; "": none. */
const [bundle, node, profiles] = process.argv.slice(2) as [string, string, string];
const EVENT = join(__dirname, "one-event.json");

/** The start that nobody can avoid: a process that loads the module for requests. */
const BARE = 'require("node:https"); process.stdout.write(".")';

const FUNCTION = `
console.log = () => {};
const event = JSON.parse(require("node:fs").readFileSync(${JSON.stringify(EVENT)}));
require(${JSON.stringify(bundle)}).handler(event, { getRemainingTimeInMillis: () => 10_000 }).then(() => {
  process.stdout.write(".");
  process.exit();
});`;

/** Milliseconds from the start of a process to its first output. */
async function startMs(code: string, env: Record<string, string>, flags: readonly string[] = []): Promise<number> {
  const start = performance.now();
  const child = spawn(node, [...flags, "-e", code], { env, stdio: ["ignore", "pipe", "inherit"] });
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
    whole.push(await startMs(FUNCTION, env, profileFlags(profiles || undefined, `cold ${process.version} ${i + 1}`)));
  }
  sink.stop();
  sendRow({
    node: process.version,
    "bare process, ms": median(bare),
    "first response, ms": median(whole),
    "beyond bare, ms": median(whole.map((ms, i) => ms - bare[i]!)),
    "beyond bare at best, ms": Math.min(...whole) - Math.min(...bare),
    "bundle KB": readFileSync(bundle).length / 1000,
  });
}

void main();
