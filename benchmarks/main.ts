import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { bundle } from "../functions/bundle";
import { checkPrerequisites } from "../local/prerequisites";
import { endEverything } from "../local/processes/reaper";
import { build } from "../local/terraform/synthesize";
import { corpora, corpusSource, textOfSize } from "./corpora";
import { largestBatch } from "./largest-batch";
import { machine } from "./machine";
import { pipeline } from "./pipeline";
import { median } from "./rounds";
import { bundleSuites, OUTPUT, runSuite } from "./run-suite";
import { type Row, tableOf } from "./table";

interface Options {
  json?: true;
  node: string[];
  batches: string;
}

/** Processes in which the first events are measured: each has only one first time. */
const PROCESSES = 11;

/** What one benchmark prints: tables by their titles. */
type Tables = Record<string, Row[]>;

const BENCHMARKS: Record<string, (options: Options) => Promise<Tables>> = {
  async core() {
    const rows = await runSuite("core", { onRow: progress });
    return { "The core: decode, write, pack, sign": rows, "The first 1,000 events of a process": await firstEvents() };
  },

  async function({ batches }) {
    const file = join(OUTPUT, "largest-batch.json");
    const { event, inflatedBytes, events } = largestBatch(textOfSize(140));
    writeFileSync(file, JSON.stringify(event));
    // As Lambda's runtime sets them for 256 MB.
    const flags = ["--max-old-space-size=230", "--max-semi-space-size=12"];
    const title = `The largest batch: 6 MB, inflating to ${Math.round(inflatedBytes / 1e6)} MB, ${events} events; a heap for 256 MB`;
    return {
      "The whole function, against local sinks": await runSuite("function", { onRow: progress }),
      [title]: await runSuite("memory", { flags, args: [file, batches], onRow: progress }),
    };
  },

  async cold({ node }) {
    const { contents, bytesOf } = bundle("forwarder");
    const file = join(OUTPUT, "function", "index.js");
    mkdirSync(join(OUTPUT, "function"), { recursive: true });
    writeFileSync(file, contents);
    const rows: Row[] = [];
    for (const path of node) rows.push(...(await runSuite("cold", { node: path, args: [file, path] })));
    const parts = Object.entries(bytesOf).map(([part, bytes]) => ({ part, bytes }));
    const largest = parts.sort((a, b) => b.bytes - a.bytes).slice(0, 10);
    return { "Process start to first response": rows, "The bundle's largest parts": largest };
  },

  async pipeline() {
    await checkPrerequisites(false);
    await build();
    try {
      return await pipeline(corpora()[0]!);
    } finally {
      await endEverything();
    }
  },
};

/** A benchmark takes minutes. */
const progress = ({ batch, ...row }: Row): void => console.error(`${batch ?? ""} ${JSON.stringify(row)}`);

async function firstEvents(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ["text", "JSON"]) {
    const runs: Row[] = [];
    for (let i = 0; i < PROCESSES; i++) runs.push(...(await runSuite("first-events", { args: [kind] })));
    const of = (column: string) => median(runs.map((run) => run[column] as number));
    rows.push({
      messages: `${kind}, 140 B`,
      "first, ms CPU": of("first"),
      "steady, ms CPU": of("steady"),
      "beyond, ms CPU": of("beyond"),
    });
  }
  return rows;
}

const program = new Command("npm run bench --")
  .description(
    "Measures the forwarder. CPU times are those of the whole process; × are medians of ratios within a round.",
  )
  .argument("[benchmark]", `${Object.keys(BENCHMARKS).join(", ")}`, "core")
  .option("--json", "print JSON, for machines")
  .option("--node <paths...>", "cold: the Node.js to start; default: this one", [process.execPath])
  .option("--batches <number>", "function: how many of the largest batches", "60")
  .parse();

async function main(name: string, options: Options): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) program.error(`there is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(", ")}`);
  const about = { machine: machine(), corpora: corpusSource() };
  if (!options.json) console.log(`${about.machine}\n${about.corpora}\n`);
  bundleSuites();
  const tables = await benchmark!(options);
  if (options.json) console.log(JSON.stringify({ ...about, tables }));
  else for (const [title, rows] of Object.entries(tables)) console.log(`${title}\n\n${tableOf(rows)}\n`);
}

void main(program.args[0] ?? "core", program.opts<Options>());
