import { cpus } from "node:os";
import { Command } from "commander";
import { ProcessError } from "../local/processes/process";
import { endEverything } from "../local/processes/reaper";
import { build } from "../local/terraform/synthesize";
import { deliveryTable, markdownTable } from "./audit/table";
import { isWhole } from "./audit/verdict";
import { type GivenOptions, OptionsError, parseOptions } from "./options";
import { type SoakReport, soak } from "./run";

const EXIT = { whole: 0, failed: 1, badOptions: 2, SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The one way out: whatever runs is ended, whatever is temporary is deleted. */
async function end(code: number): Promise<never> {
  await endEverything();
  process.exit(code);
}

for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, () => end(EXIT[signal]));

const program = new Command("npm run soak --")
  .description("Runs the pipeline under faults of every kind, then counts what became of every event.")
  .option("--minutes <number>", "how long to put events and to do faults", "3")
  .option("--seed <integer>", "decides the faults and the events; default: another one each time")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.whole : EXIT.badOptions))
  .parse();

async function main(given: GivenOptions): Promise<number> {
  const options = parseOptions(given, Math.random());
  console.log(`Seed ${options.seed}, ${given.minutes} minutes`);
  await build();
  const report = await soak(options, console.log);
  console.log(`\n${reportText(report)}\n`);
  const whole = report.drained && isWhole(report.verdict);
  console.log(whole ? "Nothing lost, nothing twice." : `NOT whole.\n${report.verdict.examples.join("\n")}`);
  console.log(`Seed ${options.seed}; Node.js ${process.version}; ${cpus().length} cores, ${cpus()[0]?.model}`);
  return whole ? EXIT.whole : EXIT.failed;
}

function reportText({ faults, invocations, alreadyPresent, drained, verdict }: SoakReport): string {
  return [
    markdownTable(["fault", "times"], faults.entries().toSorted()),
    markdownTable(["invocation ended with", "times"], invocations.entries().toSorted()),
    deliveryTable(verdict.rows),
    `Sent twice, and found present: ${alreadyPresent.toLocaleString("en-US")} events.`,
    ...(drained ? [] : ["NOT drained: some records were not acknowledged in time."]),
  ].join("\n\n");
}

main(program.opts()).then(end, async (error: Error) => {
  console.error(error instanceof OptionsError || error instanceof ProcessError ? error.message : error.stack);
  await end(error instanceof OptionsError ? EXIT.badOptions : EXIT.failed);
});
