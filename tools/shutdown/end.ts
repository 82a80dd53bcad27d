import { constants } from "node:os";
import { endEverything } from "../processes/reaper";

/** Returns the exit code of a process that a signal has ended, as shells have it: 130 for SIGINT. */
export const signalExitCode = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

let ending: Promise<never> | undefined;

/** Whether this process is ending: errors from now on may be caused by that. */
export const isEnding = (): boolean => ending !== undefined;

export interface EndOptions {
  /** Awaited before anything is ended. */
  readonly before?: () => Promise<unknown>;
  /** Called when nothing is left; @param hadAnything whether there was anything to end */
  readonly after?: (hadAnything: boolean) => void;
}

/**
 * Ends all processes that this one has started, deletes its temporary directories, then exits.
 *
 * @param code exit code; that of the first call counts, later calls wait for it
 */
export function endProcess(code: number, { before, after }: EndOptions = {}): Promise<never> {
  ending ??= (async () => {
    await before?.();
    const hadAnything = await endEverything();
    after?.(hadAnything);
    process.exit(code);
  })();
  return ending;
}
