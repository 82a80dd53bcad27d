import { harmless } from "../../tools/text/one-line";
import type { SetupArguments } from "../arguments/setup-arguments";
import { setupParts } from "./parts";
import { setupExitCode, setupReport } from "./report";
import { setUp } from "./run";

const VERBS = { write: "Sets up", check: "Checks", "dry run": "Shows what would be changed at" } as const;

/** Sets up, or checks, what the arguments say, and prints what became of each thing. @returns the exit code */
export async function runSetup(args: SetupArguments): Promise<number> {
  const { mode, searchEndpoint, dashboardsUrl, login } = args;
  const whom = [searchEndpoint, dashboardsUrl].filter((url) => url !== undefined).join(" and ");
  process.stdout.write(`${VERBS[mode]} ${whom}, with --login ${login.by}.\n`);
  const results = await setUp(await setupParts(args), mode === "write");
  process.stdout.write(`${harmless(setupReport(results, mode))}\n`);
  return setupExitCode(results, mode);
}
