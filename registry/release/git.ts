import { spawnSync } from "node:child_process";

export interface GitOptions {
  /** Written to its standard input. @default nothing */
  readonly input?: string;
  /** Added to this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs git in one repository.
 *
 * @returns what it printed, without the line break at the end
 * @throws GitError when it does not exit with status 0
 */
export type Git = (args: readonly string[], options?: GitOptions) => string;

/** Says which git command failed, and what git said. */
export class GitError extends Error {
  override readonly name = "GitError";
}

/** @param directory of a working tree */
export function gitIn(directory: string): Git {
  return (args, { input = "", env } = {}) => {
    const { status, stdout, stderr, error } = spawnSync("git", args, {
      cwd: directory,
      input,
      encoding: "utf8",
      env: { ...process.env, ...env },
    });
    if (status !== 0) throw new GitError(`git ${args.join(" ")}: ${(error?.message ?? stderr).trim()}`);
    return stdout.replace(/\n$/, "");
  };
}
