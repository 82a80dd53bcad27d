import { createWriteStream, mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { checkPrerequisites, PrerequisitesError } from "../local/start/prerequisites";
import { build } from "../local/terraform/synthesize";
import { ProcessError } from "../tools/processes/process";
import { endEverything } from "../tools/processes/reaper";
import { repositoryRoot } from "../tools/repository";
import { isExactlyOnce } from "./audit/verdict";
import { type GivenOptions, OptionsError, parseOptions } from "./options";
import { soakReportText } from "./report";
import { soak } from "./run";

const EXIT = { exactlyOnce: 0, failed: 1, badOptions: 2, SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const LOG_DIRECTORY = join(repositoryRoot, ".local");

let ending: Promise<never> | undefined;

/** Ends all processes and deletes all temporary directories, then exits. */
function end(code: number): Promise<never> {
  // A Ctrl-C may arrive twice: from the terminal, and from npm.
  ending ??= endEverything().then(() => process.exit(code));
  return ending;
}

for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, () => end(EXIT[signal]));

const program = new Command("npm run soak --")
  .description(
    "Runs the pipeline under faults of every kind, then counts every event: found, rejected, duplicated or lost.",
  )
  .option("--minutes <number>", "how long to put events and inject faults; delivering the rest comes on top", "3")
  .option("--seed <integer>", "decides which faults and events come when; default: a random one")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.badOptions))
  .parse();

async function main(given: GivenOptions): Promise<number> {
  const options = parseOptions(given, Math.random());
  await checkPrerequisites(false);
  console.log(`Seed ${options.seed}, ${given.minutes} minutes`);
  await build();
  mkdirSync(LOG_DIRECTORY, { recursive: true });
  const log = createWriteStream(join(LOG_DIRECTORY, "soak.log"));
  const report = await soak(options, console.log, (line) => log.write(`${new Date().toISOString()} ${line}\n`));

  console.log(`\n${soakReportText(report)}\n`);
  console.log(`Seed ${options.seed}; Node.js ${process.version}; ${cpus().length} cores, ${cpus()[0]?.model}`);
  if (report.drained && isExactlyOnce(report.verdict)) return EXIT.exactlyOnce;
  console.log(`The function's log: ${log.path}`);
  return EXIT.failed;
}

main(program.opts()).then(end, (error: Error) => {
  const expected = [OptionsError, PrerequisitesError, ProcessError].some((type) => error instanceof type);
  // While everything ends, parts fail.
  if (!ending) console.error(expected ? error.message : error.stack);
  return end(error instanceof OptionsError ? EXIT.badOptions : EXIT.failed);
});
