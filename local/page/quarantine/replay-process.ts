import { join } from "node:path";
import { startProcess } from "../../../tools/processes/process";
import { repositoryRoot } from "../../../tools/repository";
import { commandEnvironment } from "../command-environment";

/** `npm run replay`, as it runs. */
export interface ReplayProcess {
  /** Resolves with how it ended, such as `exit status 1`. */
  readonly ended: Promise<string>;
  /** What Ctrl-C does. */
  interrupt(): void;
  stop(): Promise<void>;
}

export type StartReplay = (words: readonly string[], onLine: (line: string) => void) => ReplayProcess;

/** Starts replays in the emulated account, each as a process of its own: the page goes on meanwhile. */
export const replayIn =
  (emulatorUrl: string): StartReplay =>
  (words, onLine) => {
    const { child, ended, stop } = startProcess(
      process.execPath,
      ["--import", "tsx", join("replay", "main.ts"), ...words],
      {
        // Where `npm run replay` has its journals, so that a terminal goes on with what was cancelled here.
        cwd: repositoryRoot,
        env: commandEnvironment(emulatorUrl),
        onLine,
      },
    );
    return { ended, stop, interrupt: () => void child.kill("SIGINT") };
  };
