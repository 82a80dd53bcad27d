import { createWriteStream, mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { checkPrerequisites, PrerequisitesError } from "../local/start/prerequisites";
import { build, buildPackages } from "../local/terraform/synthesize";
import { ProcessError } from "../tools/processes/process";
import { repositoryRoot } from "../tools/repository";
import { endProcess, isEnding, signalExitCode } from "../tools/shutdown/end";
import { onSignals } from "../tools/shutdown/on-signals";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { soakAccessLogs } from "./access-logs/run";
import { soakFirehose } from "./applications/firehose-run";
import { soakApplications } from "./applications/run";
import { type SoakLane, soakCommandLine, soakOptions } from "./options";
import { hasPassed, soakReportText } from "./report";
import { soak } from "./run";
import { sharedStream } from "./shared-stream";

const EXIT = { passed: 0, failed: 1 } as const;

const LOG_DIRECTORY = join(repositoryRoot, ".local");

onSignals(["SIGHUP", "SIGINT", "SIGTERM"], [(signal) => endProcess(signalExitCode(signal))]);

const LANES: Readonly<Record<SoakLane, typeof soak>> = {
  "log-groups": soak,
  shared: (run, say, log) => soak(run, say, log, sharedStream()),
  "access-logs": soakAccessLogs,
  applications: soakApplications,
  firehose: soakFirehose,
};

async function main(): Promise<number> {
  const options = soakOptions(soakCommandLine().parse(), Math.random());
  await checkPrerequisites(false);
  console.log(
    `Lane ${options.lane}, seed ${options.seed}, ${options.durationMs / 60_000} minutes, a heap of ${options.heapMib} MiB`,
  );
  await build();
  const needsPackages = options.audit !== undefined || ["applications", "firehose"].includes(options.lane);
  if (needsPackages) await buildPackages();
  mkdirSync(LOG_DIRECTORY, { recursive: true });
  const log = createWriteStream(join(LOG_DIRECTORY, "soak.log"));
  const run = LANES[options.lane];
  const report = await run(options, console.log, (line) => log.write(`${new Date().toISOString()} ${line}\n`));

  console.log(`\n${soakReportText(report)}\n`);
  console.log(
    `Seed ${options.seed}; heap ${options.heapMib} MiB; Node.js ${process.version}; ${cpus().length} cores, ${cpus()[0]?.model}`,
  );
  if (hasPassed(report)) return EXIT.passed;
  console.log(`The function's log: ${log.path}`);
  return EXIT.failed;
}

main().then(
  (code) => endProcess(code),
  (error: Error) => {
    const expected = [UsageError, PrerequisitesError, ProcessError].some((type) => error instanceof type);
    // What is being ended fails.
    if (!isEnding()) console.error(expected ? error.message : error.stack);
    return endProcess(error instanceof UsageError ? USAGE_EXIT_CODE : EXIT.failed);
  },
);
