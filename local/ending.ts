import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { endEverything } from "../tools/processes/reaper";
import { interruption } from "./start/steps";

export const EXIT = {
  complete: 0,
  incomplete: 1,
  failed: 1,
  badOptions: 2,
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** How the run went, once that is known. */
let result: number | undefined;

let ending: Promise<never> | undefined;

/** Nobody waits longer for what is to be finished. */
const FINISH_MS = 5_000;

let finishing: Promise<unknown> | undefined;

/** The one way out: whatever runs is ended, whatever is temporary is deleted, then this process ends. */
export function end(code: number, isStopped = false): Promise<never> {
  // A Ctrl-C may come twice: from the terminal, and passed on by npm.
  ending ??= (async () => {
    interruption.abort();
    await Promise.race([finishing, sleep(FINISH_MS, undefined, { ref: false })]);
    const hadAnything = await endEverything();
    // A task list has hidden it.
    if (process.stdout.isTTY) say("\u001b[?25h");
    if (isStopped && hadAnything) say("\nStopped. Nothing is left running.\n");
    process.exit(code);
  })();
  return ending;
}

/** Past a task list, which keeps to itself what others write. */
function say(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {
    // Nobody reads it.
  }
}

/** A signal lets this finish first; it has been told by `interruption`. */
export function finishFirst(work: Promise<unknown>): void {
  finishing = work.catch(() => {});
}

/** From now on a signal ends this process with this code. */
export function setResult(code: number): void {
  result = code;
}

/** @param outlivesParent false: it ends as well when what started this process is killed */
export function endOnSignals(outlivesParent: boolean): void {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => end(result ?? EXIT[signal], true));
  }
  const parent = process.ppid;
  if (!outlivesParent) setInterval(() => process.ppid !== parent && end(EXIT.SIGHUP), 1_000).unref();
}
