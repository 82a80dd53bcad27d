import { spawnSync } from "node:child_process";
import { ProcessError } from "../../tools/processes/process";

export interface GitOptions {
  /** @default this process's working directory */
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs git.
 *
 * @returns its standard output, without the line break at the end
 * @throws ProcessError when it does not exit with status 0
 */
export function git(args: readonly string[], { cwd = ".", env }: GitOptions = {}): string {
  const { status, stdout, stderr, error } = spawnSync("git", args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error) throw new ProcessError("git", error.message, "");
  if (status !== 0) throw new ProcessError(`git ${args.join(" ")}`, `exit status ${status}`, stderr.trim());
  return stdout.replace(/\n$/, "");
}
