import type { ChildProcess } from "node:child_process";

/** A process that has ended, with all that it printed. */
export interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** @returns what becomes of a process, and what it has printed to standard error until now */
export function printedBy(child: ChildProcess): { finished: Promise<Finished>; stderr(): string } {
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr!.on("data", (chunk) => {
    stderr += chunk;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { finished, stderr: () => stderr };
}
