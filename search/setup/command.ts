import { harmless } from "../../tools/text/one-line";
import type { SetupArguments } from "../arguments/setup-arguments";
import { setupParts } from "./parts";
import { setupExitCode, setupReport } from "./report";
import { setUp } from "./run";

/** Sets up, or checks, what the arguments say, and prints what became of each thing. @returns the exit code */
export async function runSetup(args: SetupArguments): Promise<number> {
  const { mode } = args;
  const results = await setUp(await setupParts(args), mode === "write");
  process.stdout.write(`${harmless(setupReport(results, mode))}\n`);
  return setupExitCode(results, mode);
}
