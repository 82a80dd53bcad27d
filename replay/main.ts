import { RunDeadline } from "../archive/deadlines";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { parseArguments } from "./arguments/arguments";
import { replayCommandLine } from "./arguments/options";
import { ExitCode, logLine, runReplay } from "./command";

const deadline = new RunDeadline();

async function main(): Promise<number> {
  try {
    return await runReplay(parseArguments(replayCommandLine().parse()), deadline);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    logLine(error.message);
    return USAGE_EXIT_CODE;
  }
}

// The reader has ended, such as `head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  // Ctrl-C ends the reader, too.
  process.exit(deadline.isInterrupted ? ExitCode.Undelivered : ExitCode.Delivered);
});

// Connections that are kept alive would keep the process running for a while.
main().then((code) => process.exit(code));
