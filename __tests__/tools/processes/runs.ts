import { execFileSync } from "node:child_process";

/** Whether a process does anything still; one that has ended and was not waited for (a zombie) does not. */
export function runs(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}
