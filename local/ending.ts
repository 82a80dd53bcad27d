import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess, signalExitCode } from "../tools/shutdown/end";
import { onSignals } from "../tools/shutdown/on-signals";
import { interruption } from "./start/steps";

export const EXIT = { complete: 0, incomplete: 1, failed: 1 } as const;

/** How the run went, once that is known. */
let result: number | undefined;

/** Nobody waits longer for what is to be finished. */
const FINISH_MS = 5_000;

let finishing: Promise<unknown> | undefined;

/** The one way out: processes are ended, temporary directories are deleted, then this process ends. */
export function end(code: number, isStopped = false): Promise<never> {
  return endProcess(code, {
    async before() {
      interruption.abort();
      // A task list has hidden the cursor.
      if (process.stdout.isTTY) say("\u001b[?25h");
      await Promise.race([finishing, sleep(FINISH_MS, undefined, { ref: false })]);
    },
    after(hadAnything) {
      if (isStopped && hadAnything) say("\nStopped. Nothing is left running.\n");
    },
  });
}

/** Past a task list, which keeps to itself what others write. */
function say(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {
    // Nobody reads it.
  }
}

/** A signal lets this finish first; `interruption` has reported the signal to it. */
export function finishFirst(work: Promise<unknown>): void {
  finishing = work.catch(() => {});
}

/** From now on a signal ends this process with this code. */
export function setResult(code: number): void {
  result = code;
}

/** @param outlivesParent false: it ends as well when what started this process is killed */
export function endOnSignals(outlivesParent: boolean): void {
  onSignals(["SIGHUP", "SIGINT", "SIGTERM"], [(signal) => end(result ?? signalExitCode(signal), true)]);
  const parent = process.ppid;
  if (!outlivesParent) setInterval(() => process.ppid !== parent && end(signalExitCode("SIGHUP")), 1_000).unref();
}
