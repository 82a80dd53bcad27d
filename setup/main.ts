import { createInterface } from "node:readline/promises";
import { EXIT, end, endOnSignals } from "../local/ending";
import { explain } from "../local/explain";
import { invocationOf, packageName } from "../tools/installation";
import { UsageCommand } from "../tools/usage/usage-command";
import { addSetupLoggingOptions, type GivenLoggingOptions, loggingOptions } from "./s3-logging/options";
import { localAccount, setUpS3Logging } from "./s3-logging/run";

const HELP = `
Exit codes: 0 it is set up, 1 it is not, 2 nothing was done; the output says why.

See docs/firehose.md.`;

process.exitCode = EXIT.failed;
endOnSignals(false);

const program = new UsageCommand(invocationOf("setup"))
  .description("Sets up lanes that need no pipeline, with the answers to a few questions.")
  .addHelpText("after", HELP);
const { errors } = program;

const s3Logging = program.command("s3-logging") as UsageCommand;
addSetupLoggingOptions(s3Logging, packageName === undefined)
  .description("logs of applications to S3 by Firehose: asks, plans, applies, and shows that a line arrives")
  .action(async (given: GivenLoggingOptions) => {
    const options = loggingOptions(given, process.stdin.isTTY === true, s3Logging);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    const answerer = {
      ask: (question: string) => terminal.question(question),
      say: (line: string) => console.log(line),
    };
    // Ctrl-C and Ctrl-D at a question.
    terminal.once("close", () => process.stdin.isTTY && !isDone && process.kill(process.pid, "SIGINT"));
    let isDone = false;
    const isSetUp = await setUpS3Logging(options, await localAccount(options), answerer).finally(() => {
      isDone = true;
      terminal.close();
    });
    await end(isSetUp ? EXIT.complete : EXIT.failed);
  });

program
  .parseAsync()
  // A command that is missing or unknown runs no action, which would throw them.
  .then(() => errors.throwIfAny())
  .catch(async (thrown: unknown) => {
    const { message, exitCode } = explain(thrown);
    console.error(message);
    await end(exitCode);
  });
