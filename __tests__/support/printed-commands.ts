import { execFileSync, spawnSync } from "node:child_process";

/** The commands in what `npm start` prints: each begins two spaces further in than its title, and goes on further in. */
export function printedCommands(text: string): string[] {
  return [...text.matchAll(/^ {2}(\S.*(?:\n {3,}.*)*)/gm)].map(([, command]) => command!);
}

/** Runs a command as a person does who has copied it, and returns what it shows. @throws Error unless it succeeds */
export function runInBash(command: string, env: NodeJS.ProcessEnv = process.env): string {
  // A bash whose standard input is a socket reads ~/.bashrc.
  const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
  return execFileSync("bash", ["-e", "-o", "pipefail", "-c", command], {
    env,
    stdio,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

export function hasTool(name: string): boolean {
  return spawnSync(name, ["--version"]).error === undefined;
}
