import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inRounds, median, roundsFor, warm } from "../measure/rounds";
import { sendRow } from "../report/table";
import { clo } from "../subjects/clo";
import { elbToEs } from "../subjects/elb-to-es";
import { objectCore } from "../subjects/object-core";

/** CPU milliseconds of all rounds of a program. */
const BUDGET_MS = 2_500;

/** Before and after the rounds each. */
const PYTHON_PASSES = 5;

const [file, key, , lines] = process.argv.slice(2) as [string, string, string, string];

async function main(): Promise<void> {
  const content = readFileSync(file);
  const ways = {
    core: () => objectCore(content, key),
    "elb-to-es": () => elbToEs(content, key),
    clo: () => clo(content),
  };
  const ms = await warm(ways["elb-to-es"]);
  await warm(ways.clo);
  await warm(ways.core);
  const before = PYTHON_PROGRAMS.map(pythonMs);
  const rounds = await inRounds(ways, roundsFor(ms, BUDGET_MS));
  const after = PYTHON_PROGRAMS.map(pythonMs);
  const coreMs = median(rounds.core);
  const row = (program: string, language: string, took: readonly number[]) => {
    const microseconds = (1_000 * median(took)) / Number(lines);
    sendRow({
      ...{ program, language, lines: Number(lines), "µs/line": microseconds },
      ...{ "lines/s": Math.round(1e6 / microseconds), "× ours": median(took) / coreMs },
    });
  };
  row("ours", "JavaScript", rounds.core);
  row("elb-to-es", "JavaScript", rounds["elb-to-es"]);
  row("CLO", "JavaScript", rounds.clo);
  for (const [n, { name }] of PYTHON_PROGRAMS.entries()) {
    const took = [...before[n]!, ...after[n]!];
    if (took.length > 0) row(name, "Python", took);
  }
}

const PYTHON_PROGRAMS = [
  { name: "elb-to-es", design: "elb-to-es" },
  { name: "CLO", design: "clo" },
] as const;

/** CPU milliseconds of passes in a process of its own; none on a machine without Python. */
function pythonMs({ design }: (typeof PYTHON_PROGRAMS)[number]): number[] {
  const args = ["benchmarks/subjects/elb_designs.py", file, key, design, String(PYTHON_PASSES)];
  const { stdout, status } = spawnSync("python3", args, { encoding: "utf8" });
  // The first one compiles the patterns.
  return status === 0 ? (JSON.parse(stdout) as { ms: number[] }).ms.slice(1) : [];
}

void main();
