import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Writable } from "node:stream";

let reaper: ChildProcess | undefined;

/** Sees to it that a process group ends, or a directory is deleted, no later than this process, even by kill -9. */
export function register(kind: "group" | "directory", name: string | number): void {
  reaper ??= start();
  reaper.stdin!.write(`+${kind} ${name}\n`);
}

/** To be called once the group has ended, or the directory was deleted, without the reaper. */
export function unregister(kind: "group" | "directory", name: string | number): void {
  if (reaper) reaper.stdin!.write(`-${kind} ${name}\n`);
}

/** Ends everything that is registered; resolves when no such process or directory is left. */
export async function endEverything(): Promise<void> {
  if (!reaper) return;
  const ending = reaper;
  reaper = undefined;
  ending.ref();
  const exited = once(ending, "exit");
  ending.stdin!.end();
  await exited;
}

function start(): ChildProcess {
  const child = spawn(process.execPath, [join(__dirname, "reaper-process.cjs")], {
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.unref();
  // Whoever ends the reaper has ended what it cared for.
  child.stdin.on("error", () => {});
  (child.stdin as Writable & { unref(): void }).unref();
  return child;
}
