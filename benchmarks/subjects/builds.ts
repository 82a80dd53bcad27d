import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../tools/repository";
import { quoted } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";

/** The index.js of a built forwarder's zip. */
export interface ForwarderBuild {
  file: string;
  bytes: number;
}

/** @throws UsageError when this repository has no such commit */
export async function assertCommit(commit: string): Promise<void> {
  const revision = `${commit}^{commit}`;
  await run("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", revision], {
    cwd: repositoryRoot,
    env: process.env,
  }).catch(() => {
    throw new UsageError([`<commit> is ${quoted(commit)}. Allowed: a commit, tag or branch of this repository.`]);
  });
}

/**
 * Builds the forwarder of a commit by the commit's own `npm run build`, with the packages that are installed here.
 *
 * @param output the folder for its index.js
 * @throws ProcessError when the commit cannot be built
 */
export async function buildOfCommit(commit: string, output: string): Promise<ForwarderBuild> {
  const folder = await temporaryDirectory();
  try {
    const archive = join(folder.path, "commit.tar");
    await run("git", ["archive", "--output", archive, commit], { cwd: repositoryRoot, env: process.env });
    await run("tar", ["-xf", archive], { cwd: folder.path, env: process.env });
    symlinkSync(join(repositoryRoot, "node_modules"), join(folder.path, "node_modules"));
    return await buildIn(folder.path, output);
  } finally {
    await folder.remove();
  }
}

/** Builds the forwarder of the working tree. @throws ProcessError */
export const buildOfWorkingTree = (output: string): Promise<ForwarderBuild> => buildIn(repositoryRoot, output);

async function buildIn(source: string, output: string): Promise<ForwarderBuild> {
  await run("npm", ["run", "--silent", "build"], { cwd: source, env: process.env });
  const files = unzipSync(readFileSync(join(source, "dist", "functions", "forwarder.zip")));
  const contents = files["index.js"]!;
  mkdirSync(output, { recursive: true });
  const file = join(output, "index.js");
  writeFileSync(file, contents);
  return { file, bytes: contents.length };
}
