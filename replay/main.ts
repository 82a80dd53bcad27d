import { RunDeadline } from "../archive/deadlines";
import { runProgram } from "../tools/usage/run-program";
import { parseArguments } from "./arguments/arguments";
import { replayCommandLine } from "./arguments/options";
import { ExitCode, runReplay } from "./command";

const deadline = new RunDeadline();

runProgram(
  () => runReplay(parseArguments(replayCommandLine().parse()), deadline),
  // Ctrl-C ends the reader, too.
  () => (deadline.isInterrupted ? ExitCode.Undelivered : ExitCode.Delivered),
);
