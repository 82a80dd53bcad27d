import { Option } from "commander";
import { ENVIRONMENT } from "../core/settings/environment";
import { ValueOption, wholeNumber } from "../tools/usage/option-value";
import { UsageCommand } from "../tools/usage/usage-command";
import { DIRECTORY_VARIABLE, startDetached } from "./commands/detach";
import { addAccessLogOption, addLineOptions } from "./commands/line-options";
import { put } from "./commands/put";
import { start } from "./commands/start";
import { status } from "./commands/status";
import { stop } from "./commands/stop";
import { EXIT, end, endOnSignals } from "./ending";
import { explain } from "./explain";
import type { GivenAccessLogs, GivenLines, GivenStartOptions } from "./options";
import { processId, runningPipeline, runningPipelines } from "./running";
import { defaultLogGroups } from "./terraform/log-groups";

// A run that ends without a result has failed.
process.exitCode = EXIT.failed;
// A closed output does not end the run: `npm start -- --exit | head` runs to the end.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
endOnSignals(process.env[DIRECTORY_VARIABLE] !== undefined);

const port = wholeNumber(1, 65_535);

const program = new UsageCommand("npm start --")
  .description("Runs the pipeline on this machine, without an AWS account, from nothing to searchable logs.")
  .enablePositionalOptions()
  .addOption(
    new ValueOption(
      "--search-endpoint <url>",
      "deliver to this OpenSearch or Elasticsearch instead of starting one",
      ENVIRONMENT.SEARCH_ENDPOINT,
    ),
  )
  .addOption(new ValueOption("--emulator-port <port>", "serve AWS's API on this port; default: a free one", port))
  .addOption(
    new ValueOption("--search-port <port>", "start OpenSearch on this port; default: a free one", port).conflicts(
      "searchEndpoint",
    ),
  )
  .addOption(
    new Option("--lanes <which>", "run every lane: CloudWatch's, access logs (with samples) and Firehose's").choices([
      "all",
    ]),
  )
  .option("--no-page", "serve no page to watch the pipeline on; with --exit there is none in any case")
  .option("--exit", "end after the report; exit code 1 if anything was lost or duplicated")
  .addOption(new Option("--detach", "keep running in the background once ready").conflicts("exit"))
  .action(async ({ detach, ...given }: GivenStartOptions & { detach?: true }) => {
    if (!detach) return start(given, errors);
    errors.throwIfAny();
    await end(await startDetached(process.argv.slice(2).filter((argument) => argument !== "--detach")));
  });
const { errors } = program;
addLineOptions(program, `${defaultLogGroups.join(", ")} or a new one`);
addAccessLogOption(program);

addAccessLogOption(addLineOptions(program.command("put"), "one that is delivered"))
  .description("put lines into the pipeline started from this folder: files, or standard input")
  .addOption(new ValueOption("--pid <number>", "the pipeline to use, if several are running", processId))
  .action(async ({ pid, ...given }: GivenLines & GivenAccessLogs & { pid?: number }) =>
    end(await put(given, errors, pid)),
  );

program
  .command("status")
  .description(
    "show the pipelines started from this folder; exit code 1 if none is running, or a service does not answer",
  )
  .action(async () => {
    errors.throwIfAny();
    const all = await runningPipelines();
    const states = await Promise.all(all.map(status));
    console.log(states.map(({ text }) => text).join("\n\n"));
    await end(states.every(({ answers }) => answers) ? EXIT.complete : EXIT.failed);
  });

program
  .command("stop")
  .description("end the pipeline started from this folder")
  .addOption(new ValueOption("--pid <number>", "the pipeline to end, if several are running", processId))
  .addOption(new Option("--all", "end all of them").conflicts("pid"))
  .action(async ({ pid, all }: { pid?: number; all?: true }) => {
    errors.throwIfAny();
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
