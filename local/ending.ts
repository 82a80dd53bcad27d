import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess, signalExitCode } from "../tools/shutdown/end";
import { onSignals } from "../tools/shutdown/on-signals";
import { shutdown } from "./start/steps";

export const EXIT = { complete: 0, incomplete: 1, failed: 1 } as const;

/** Exit code of the run, once it is known. */
let result: number | undefined;

/** Maximum wait for the work of `finishFirst` after a signal, in milliseconds. */
let finishMs = 5_000;

let finishing: Promise<unknown> | undefined;

/** Ends all processes, deletes temporary directories, then exits. @param isStopped whether a person asked for it */
export function end(code: number, isStopped = false): Promise<never> {
  return endProcess(code, {
    async before() {
      shutdown.abort();
      // A task list has hidden the cursor.
      if (process.stdout.isTTY) say("\u001b[?25h");
      await Promise.race([finishing, sleep(finishMs, undefined, { ref: false })]);
    },
    after(hadAnything) {
      if (isStopped && hadAnything) say("\nStopped. Nothing is left running.\n");
    },
  });
}

/** Writes past a task list, which buffers the output of others. */
function say(text: string): void {
  try {
    writeSync(process.stdout.fd, text);
  } catch {
    // The output is closed.
  }
}

/**
 * Lets this work finish before a signal ends the process; `shutdown` reports the signal to it.
 *
 * @param ms how long it may take then
 */
export function finishFirst(work: Promise<unknown>, ms = finishMs): void {
  finishing = work.catch(() => {});
  finishMs = ms;
}

/** Sets the exit code for signals from now on. */
export function setResult(code: number): void {
  result = code;
}

/** Ends this process after a signal. @param outlivesParent false: also when its parent process ends */
export function endOnSignals(outlivesParent: boolean): void {
  onSignals(["SIGHUP", "SIGINT", "SIGTERM"], [(signal) => end(result ?? signalExitCode(signal), true)]);
  const parent = process.ppid;
  if (!outlivesParent) setInterval(() => process.ppid !== parent && end(signalExitCode("SIGHUP")), 1_000).unref();
}
