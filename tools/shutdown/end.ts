import { constants } from "node:os";
import { endEverything } from "../processes/reaper";

/** The exit code of a process that a signal has ended, as shells have it: 130 for SIGINT. */
export const signalExitCode = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

let ending: Promise<never> | undefined;

/** Whether this process is ending: an error from now on may be a part that was ended. */
export const isEnding = (): boolean => ending !== undefined;

export interface EndOptions {
  /** Waited for, before anything is ended. */
  readonly before?: () => Promise<unknown>;
  /** Called when nothing is left; @param hadAnything whether there was anything to end */
  readonly after?: (hadAnything: boolean) => void;
}

/**
 * The one way out of a command that starts processes: ends them, deletes what is temporary, then exits.
 *
 * @param code of the first call; later ones wait for that
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
