import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../processes/process";
import { repositoryRoot } from "../repository";

/** Builds the functions' zips, as `npm run build` does. @throws ProcessError */
export async function build(): Promise<void> {
  await runScript("functions/build.ts");
}

/** Writes the stacks of main.ts to `<directory>/stacks/<name>`, as `cdktf synth` does. @throws ProcessError */
export async function synthesize(directory: string): Promise<void> {
  await runScript("main.ts", { CDKTF_OUTDIR: directory });
}

/**
 * Path of the function's zip that a synthesized stack deploys: the copy in its assets, which a build that runs meanwhile
 * does not touch.
 *
 * @throws Error when the stack has none
 */
export async function deploymentPackage(stackDirectory: string): Promise<string> {
  const assets = join(stackDirectory, "assets");
  const zip = (await readdir(assets, { recursive: true })).find((name) => name.endsWith("forwarder.zip"));
  if (!zip) throw new Error(`${assets} has no forwarder.zip`);
  return join(assets, zip);
}

async function runScript(script: string, variables: NodeJS.ProcessEnv = {}): Promise<void> {
  await run(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, ...variables },
    cwd: repositoryRoot,
  });
}
