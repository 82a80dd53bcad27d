import type { ReplayRequest, ReplayRun } from "../shared/quarantine";
import type { ReplayProcess, StartReplay } from "./replay-process";

/** Lines of a run that are remembered: the report names up to 40 objects. */
const MAX_LINES = 200;
const MAX_LINE = 2_000;

interface Run {
  readonly request: ReplayRequest;
  readonly command: string;
  readonly beganMs: number;
  readonly lines: string[];
  omitted: number;
  /** How often it was to be cancelled. */
  cancels: number;
  process?: ReplayProcess;
  endedMs?: number;
  exitCode?: number;
}

export interface BegunReplay {
  readonly request: ReplayRequest;
  readonly command: string;
  /** Called before it starts. @throws Error why it cannot */
  prepare(): Promise<void>;
  readonly words: readonly string[];
  readonly start: StartReplay;
}

/** Runs replays, one at a time. */
export class ReplayRuns {
  #number = 0;
  #run: Run | undefined;

  /** @param now monotonic, in milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The last one; undefined before the first. */
  get shown(): ReplayRun | undefined {
    if (!this.#run) return undefined;
    const { request, command, beganMs, lines, omitted, cancels, endedMs, exitCode } = this.#run;
    const phase = endedMs !== undefined ? "over" : cancels > 0 ? "cancelling" : "running";
    return {
      ...{
        number: this.#number,
        kind: request.kind,
        isDryRun: request.isDryRun,
        command,
        phase,
        isCancelled: cancels > 0,
      },
      ...(exitCode !== undefined && { exitCode }),
      seconds: ((endedMs ?? this.now()) - beganMs) / 1_000,
      ...{ lines: [...lines], omitted },
    };
  }

  get isRunning(): boolean {
    return this.#run !== undefined && this.#run.endedMs === undefined;
  }

  /** Begins one; resolves when it is over. Call it only while none runs. */
  async begin({ request, command, prepare, words, start }: BegunReplay): Promise<void> {
    const run: Run = { request, command, beganMs: this.now(), lines: [], omitted: 0, cancels: 0 };
    this.#run = run;
    this.#number++;
    const print = (line: string) => {
      run.lines.push(line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line);
      if (run.lines.length > MAX_LINES) {
        run.lines.shift();
        run.omitted++;
      }
    };
    try {
      await prepare();
      if (run.cancels > 0) print("Cancelled before it began: nothing was done.");
      else {
        run.process = start(words, print);
        const how = await run.process.ended;
        const [, status] = /^exit status (\d+)$/.exec(how) ?? [];
        if (status !== undefined) run.exitCode = Number(status);
        else print(`It ended by ${how}.`);
      }
    } catch (error) {
      print((error as Error).message);
    } finally {
      run.endedMs = this.now();
    }
  }

  /** Asks it to end, as Ctrl-C does: first in good order, then at once. Does nothing when none runs. */
  cancel(): void {
    const run = this.#run;
    if (!run || run.endedMs !== undefined) return;
    run.cancels++;
    if (run.cancels > 2) void run.process?.stop();
    else run.process?.interrupt();
  }

  /** Ends it at once. */
  async stop(): Promise<void> {
    if (this.isRunning) await this.#run?.process?.stop();
  }
}
