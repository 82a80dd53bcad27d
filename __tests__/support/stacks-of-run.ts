import { existsSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { join } from "node:path";
import { synthesize } from "../../local/terraform/synthesize";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";

let stacks: Promise<string> | undefined;

/** The folder of the stacks of main.ts, which all test files of a run read: a synth takes seconds. */
export function stacksOfRun(): Promise<string> {
  stacks ??= synthesizedOnce();
  return stacks;
}

async function synthesizedOnce(): Promise<string> {
  // Outside Jest there is no run.
  const ofRun = process.env.TEST_RUN_DIRECTORY ?? (await temporaryDirectory()).path;
  const made = join(ofRun, "stacks");
  if (existsSync(made)) return made;
  const outdir = await mkdtemp(join(ofRun, "synthesized-"));
  await synthesize(outdir);
  await rename(join(outdir, "stacks"), made).catch((error) => {
    // Another worker was faster.
    if (!existsSync(made)) throw error;
  });
  return made;
}
