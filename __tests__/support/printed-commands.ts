import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/** The commands in what `npm start` prints: each begins two spaces further in than its title, and goes on further in. */
export function printedCommands(text: string): string[] {
  return [...text.matchAll(/^ {2}(\S.*(?:\n {3,}.*)*)/gm)].map(([, command]) => command!);
}

/**
 * Runs a command as a person does who has copied it, and returns what it shows.
 *
 * @throws Error unless it succeeds
 */
export async function runInBash(command: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  // Without --norc, a bash whose standard input is a socket reads ~/.bashrc.
  const args = ["--norc", "-e", "-c", command];
  const { stdout } = await promisify(execFile)("bash", args, { env, maxBuffer: 2 ** 28 });
  return stdout;
}

export function hasTool(name: string): boolean {
  return spawnSync(name, ["--version"]).error === undefined;
}
