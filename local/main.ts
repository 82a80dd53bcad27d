import { Command, InvalidArgumentError, Option } from "commander";
import { harmless, shown } from "../tools/text/one-line";
import { USAGE_EXIT_CODE } from "../tools/usage/usage-error";
import { DIRECTORY_VARIABLE, startDetached } from "./commands/detach";
import { addLineOptions } from "./commands/line-options";
import { put } from "./commands/put";
import { start } from "./commands/start";
import { status } from "./commands/status";
import { stop } from "./commands/stop";
import { EXIT, end, endOnSignals } from "./ending";
import { explain } from "./explain";
import { type GivenLines, type GivenOptions, OptionsError } from "./options";
import { runningPipeline, runningPipelines } from "./running";
import { defaultLogGroups } from "./terraform/log-groups";

// Whatever ends without a result has not succeeded.
process.exitCode = EXIT.failed;
// What nobody reads any more is not worth ending for: `npm start -- --exit | head` counts to the end.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
endOnSignals(process.env[DIRECTORY_VARIABLE] !== undefined);

const program = addLineOptions(new Command("npm start --"), `${defaultLogGroups.join(", ")} or a new one`)
  .description("Runs the pipeline on this machine, without an AWS account, from nothing to searchable logs.")
  .enablePositionalOptions()
  .allowExcessArguments()
  .configureOutput({ outputError: (text, write) => write(harmless(text)) })
  .exitOverride(({ exitCode: code }) => process.exit(code === 0 ? 0 : USAGE_EXIT_CODE))
  .option("--search-endpoint <url>", "deliver to this OpenSearch or Elasticsearch instead of starting one")
  .option("--emulator-port <port>", "serve AWS's API on this port; default: a free one")
  .option("--search-port <port>", "start OpenSearch on this port; default: a free one")
  .option("--exit", "end after the report; exit code 1 if anything was lost or duplicated")
  .option("--detach", "go on in the background once it is ready")
  .action(async ({ detach, ...given }: GivenOptions & { detach?: true }, { args }: Command) => {
    refuseArguments(args);
    if (!detach) return start(given);
    if (given.exit) throw new OptionsError("--exit ends after the report, --detach goes on; give one of them");
    await end(await startDetached(process.argv.slice(2).filter((argument) => argument !== "--detach")));
  });

addLineOptions(program.command("put"), "one that is delivered")
  .description("put lines into what runs from this folder: files, or standard input")
  .allowExcessArguments()
  .option("--pid <number>", "into this one, when several run", processId)
  .action(async ({ pid, ...given }: GivenLines & { pid?: number }, { args }: Command) => {
    refuseArguments(args);
    await end(await put(given, pid));
  });

program
  .command("status")
  .description("show what runs from this folder; exit code 1 if nothing does, or a service does not answer")
  .action(async () => {
    const all = await runningPipelines();
    const states = await Promise.all(all.map(status));
    console.log(states.map(({ text }) => text).join("\n\n"));
    await end(states.every(({ answers }) => answers) ? EXIT.complete : EXIT.failed);
  });

program
  .command("stop")
  .description("end what runs from this folder")
  .option("--pid <number>", "end this one, when several run", processId)
  .addOption(new Option("--all", "end all of them").conflicts("pid"))
  .action(async ({ pid, all }: { pid?: number; all?: true }) => {
    for (const pipeline of all ? await runningPipelines() : [await runningPipeline(pid)]) {
      await stop(pipeline);
      console.log(`Stopped: process ${pipeline.pid}.`);
    }
    await end(EXIT.complete);
  });

program.parseAsync().catch(async (thrown: unknown) => {
  const { message, exitCode } = explain(thrown);
  console.error(`\n${message}`);
  await end(exitCode);
});

function refuseArguments(args: readonly string[]): void {
  if (args.length === 0) return;
  throw new OptionsError(
    `${args.map(shown).join(", ")}: no such command; there are put, status and stop. Files are given by --file <file>.`,
  );
}

function processId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It is the number that status shows.");
  return Number(text);
}
