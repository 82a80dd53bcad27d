import { Command } from "commander";
import { Listr, PRESET_TIMER, PRESET_TIMESTAMP } from "listr2";
import { pipelineInputs } from "../modules/inputs/logging-pipeline";
import { awsClients } from "./aws/clients";
import { type GivenOptions, OptionsError, parseOptions, type StartOptions } from "./options";
import { PrerequisitesError } from "./prerequisites";
import { ProcessError } from "./processes/process";
import { endEverything } from "./processes/reaper";
import { listObjects } from "./report/archive";
import { isComplete } from "./report/delivery";
import { lastErrors } from "./report/last-errors";
import { lookFurther } from "./report/look-further";
import { findByIds } from "./report/search";
import { documentLines, reportTable } from "./report/text";
import { interruption, StepError } from "./steps";
import { type Session, tasks } from "./tasks";
import { terraformEnvironment } from "./terraform/provider-mirror";

const EXIT = { incomplete: 1, failed: 1, badOptions: 2, SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

const LOG_GROUPS = Object.keys(pipelineInputs.logGroups.default);

/** Set once it is known how the run went. */
let exitCode: number | undefined;

let ending: Promise<never> | undefined;

/** The one way out: whatever runs is ended, whatever is temporary is deleted, then this process ends. */
function end(code: number): Promise<never> {
  // A Ctrl-C may come twice: from the terminal, and passed on by npm.
  ending ??= (async () => {
    interruption.abort();
    await endEverything();
    // The task list has hidden it.
    if (process.stdout.isTTY) process.stdout.write("\u001b[?25h");
    process.exit(code);
  })();
  return ending;
}

for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => end(exitCode ?? EXIT[signal]));
}
// What started this process was killed.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && end(EXIT.SIGHUP), 1_000).unref();

const program = new Command("npm start --")
  .description("Runs the pipeline on this machine, without an AWS account, from nothing to searchable logs.")
  .option("--file <file>", "put this file's lines instead of generated ones")
  .option("--log-group <name>", `put them into this log group: ${LOG_GROUPS.join(", ")}`)
  .option("--search-endpoint <url>", "deliver to this OpenSearch or Elasticsearch instead of starting one")
  .option("--exit", "end after the report; exit code 1 if anything was lost or doubled")
  .exitOverride(({ exitCode: code }) => process.exit(code === 0 ? 0 : EXIT.badOptions))
  .parse();

async function main(given: GivenOptions): Promise<void> {
  const options = await parseOptions(given, LOG_GROUPS, Date.now());
  if (options.note) console.log(options.note);
  const session = {} as Session;
  await new Listr(tasks(options), {
    ctx: session,
    registerSignalListeners: false,
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
    fallbackRendererOptions: { timer: PRESET_TIMER, timestamp: PRESET_TIMESTAMP },
  }).run();
  await report(session, options);
}

async function report(session: Session, { exit }: StartOptions): Promise<void> {
  const { report: groups, search, archive, emulatorUrl, events } = session;
  exitCode = groups.every(isComplete) ? 0 : EXIT.incomplete;
  const examples = [...events.values()].map((put) => put[0]!);
  const documents = await findByIds(
    search,
    examples.map(({ id }) => id),
  );
  console.log(`\n${reportTable(groups)}\n`);
  console.log(`Found, for instance:\n${documentLines(documents)}\n`);
  if (exitCode !== 0) console.log(`What went wrong:\n${lastErrors(session.logDirectory)}\n`);
  if (exit) await end(exitCode);

  const objects = await listObjects(awsClients(emulatorUrl).s3, archive.bucket, `${archive.prefix}archive/`);
  const { TF_CLI_CONFIG_FILE } = await terraformEnvironment();
  const further = lookFurther({
    ...session,
    words: examples[0]!.message.slice(0, 60),
    archiveKey: [...objects.keys()][0] ?? "",
    stackDirectory: session.pipeline.directory,
    terraformCliConfig: TF_CLI_CONFIG_FILE!,
  });
  console.log(`${further}\n\nRunning until Ctrl-C.`);
}

main(program.opts()).catch(async (thrown: Error) => {
  const error = thrown instanceof StepError ? (thrown.cause as Error) : thrown;
  const expected = [OptionsError, PrerequisitesError, ProcessError].some((type) => error instanceof type);
  console.error(`\n${expected ? error.message : error.stack}`);
  await end(error instanceof OptionsError ? EXIT.badOptions : EXIT.failed);
});
