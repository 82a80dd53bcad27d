import type { CommanderError } from "commander";
import { parseArguments } from "./arguments/arguments";
import { MistakesError } from "./arguments/mistakes";
import { commandLine } from "./arguments/options";
import { ExitCode, runReplay, tell } from "./command";
import { Interruption } from "./patience";

const interruption = new Interruption();

async function main(): Promise<number> {
  const command = commandLine().exitOverride();
  try {
    command.parse();
  } catch (error) {
    // Commander has said what is wrong, or printed the help.
    return (error as CommanderError).exitCode === 0 ? ExitCode.Delivered : ExitCode.NothingDone;
  }
  try {
    return await runReplay(parseArguments(command.opts(), command.args, process.env), interruption);
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    tell(`Nothing was done:\n${error.message}`);
    return ExitCode.NothingDone;
  }
}

// A reader that has seen enough, such as `head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  // Ctrl-C ends the reader, too.
  process.exit(interruption.isInterrupted ? ExitCode.Undelivered : ExitCode.Delivered);
});

// Connections that are kept alive would hold the process for a while.
main().then((code) => process.exit(code));
