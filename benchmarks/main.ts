import { Command } from "commander";
import type { Benchmark } from "./commands/benchmark";
import { cold } from "./commands/cold";
import { core } from "./commands/core";
import { wholeFunction } from "./commands/function";
import { memory } from "./commands/memory";
import { pipeline } from "./commands/pipeline";
import { corpora } from "./corpus/corpora";
import { machine } from "./measure/machine";
import { minutesOf, type Options } from "./options";
import { type Tables, tableOf } from "./report/table";
import { judged } from "./report/targets";
import { bundleSuites } from "./run-suite";

const BENCHMARKS: Record<string, Benchmark> = { core, function: wholeFunction, cold, memory, pipeline };

/** What the columns mean. */
const NOTES = `"ms" are of CPU time of the whole process, all its threads; × are medians of ratios within a round.
"× naive": how many times as long one takes that parses and writes everything. "B more": in bodies, for each event, beyond its message.
"ms/M", "USD/M": of a million events. "peak MiB": of a process that does nothing else, the batch's JSON included.
"requests": the same bodies, sent unsigned by bare node:http.
The environment variable CORPUS_DIR names a folder of real logs that are measured too; docs/performance.md says how.`;

const program = new Command("npm run bench --")
  .description("Measures the forwarder.")
  .argument("[benchmark]", Object.keys(BENCHMARKS).join(", "), "core")
  .option("--json", "print JSON, for machines")
  .option("--node <paths...>", "cold: the Node.js to start; default: this one", [process.execPath])
  .option("--minutes <number>", "memory: how long", minutesOf, 1)
  .addHelpText("after", `\n${NOTES}`)
  .parse();

async function main(name: string, options: Options): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) program.error(`there is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(", ")}`);
  const about = { machine: machine(), corpora: sources() };
  if (!options.json) console.log(`${[about.machine, ...about.corpora].join("\n")}\n`);
  bundleSuites();
  const { tables, failure } = await benchmark!(options);
  const targets = judged(tables);
  const all: Tables = { ...tables, ...(targets.length > 0 && { Targets: targets }) };
  if (options.json) console.log(JSON.stringify({ ...about, tables: all }));
  else for (const [title, rows] of Object.entries(all)) console.log(`${title}\n\n${tableOf(rows)}\n`);
  if (failure) {
    console.error(failure);
    process.exitCode = 1;
  }
}

/** Where each corpus comes from. */
function sources(): string[] {
  try {
    return corpora().map((corpus) => `${corpus.name}: ${corpus.source}`);
  } catch (error) {
    return program.error((error as Error).message, { exitCode: 2 });
  }
}

void main(program.args[0] ?? "core", program.opts<Options>());
