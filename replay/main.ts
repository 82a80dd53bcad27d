import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { parseArguments } from "./arguments/arguments";
import { replayCommandLine } from "./arguments/options";
import { ExitCode, runReplay, tell } from "./command";
import { Interruption } from "./patience";

const interruption = new Interruption();

async function main(): Promise<number> {
  try {
    return await runReplay(parseArguments(replayCommandLine().parse()), interruption);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tell(`Nothing was done:\n${error.message}`);
    return USAGE_EXIT_CODE;
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
