import { run } from "../../tools/processes/process";
import { repositoryRoot } from "../../tools/repository";

/** Builds the functions' zips, as `npm run build` does. @throws ProcessError */
export async function build(): Promise<void> {
  await runScript("build/functions.ts");
}

/** Builds the client library for Node.js, as `npm run packages` does. @throws ProcessError */
export async function buildPackages(): Promise<void> {
  await runScript("build/packages.ts");
}

/** Writes the stacks of main.ts to `<directory>/stacks/<name>`, as `cdktf synth` does. @throws ProcessError */
export async function synthesize(directory: string): Promise<void> {
  await runScript("main.ts", { CDKTF_OUTDIR: directory });
}

async function runScript(script: string, variables: NodeJS.ProcessEnv = {}): Promise<void> {
  await run(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, ...variables },
    cwd: repositoryRoot,
  });
}
