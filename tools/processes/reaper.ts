import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Writable } from "node:stream";

type Kind = "group" | "directory";

let reaper: ChildProcess | undefined;

/** Registered groups and directories, for a new reaper if this one is killed. */
const registered = new Map<string, [Kind, string | number]>();

/** Ensures that a process group is killed, or a directory deleted, when this process ends, even by kill -9. */
export function register(kind: Kind, name: string | number): void {
  registered.set(`${kind} ${name}`, [kind, name]);
  reaper ??= start();
  send(reaper, "+", kind, name);
}

/** Undoes `register`: the group has ended, or the directory was deleted, without the reaper. */
export function unregister(kind: Kind, name: string | number): void {
  registered.delete(`${kind} ${name}`);
  if (reaper) send(reaper, "-", kind, name);
}

/**
 * Ends everything registered; resolves when no such process or directory is left.
 *
 * @returns whether there was anything
 */
export async function endEverything(): Promise<boolean> {
  if (!reaper) return false;
  const ending = reaper;
  reaper = undefined;
  registered.clear();
  ending.ref();
  const exited = once(ending, "exit");
  ending.stdin!.end();
  await exited;
  return true;
}

/** Sends one message per line; U+2028 and U+2029 in a name would also end a line. */
function send(to: ChildProcess, sign: "+" | "-", kind: Kind, name: string | number): void {
  const message = JSON.stringify([sign, kind, String(name)]);
  to.stdin!.write(`${message.replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}\n`);
}

function start(): ChildProcess {
  const child = spawn(process.execPath, [join(__dirname, "reaper-process.cjs")], {
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.unref();
  child.on("exit", () => {
    if (reaper !== child) return;
    // It was killed.
    reaper = start();
    for (const [kind, name] of registered.values()) send(reaper, "+", kind, name);
  });
  child.stdin.on("error", () => {});
  (child.stdin as Writable & { unref(): void }).unref();
  return child;
}
