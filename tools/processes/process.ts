import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { register, unregister } from "./reaper";
import { within } from "./within";

const TAIL_LINES = 40;

export interface ProcessOptions {
  /** The whole environment; nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Opens a channel for `child.send()`. @default false */
  readonly ipc?: boolean;
  /** `pipe`: it can be written to `child.stdin`. @default "ignore" */
  readonly stdin?: "pipe" | "ignore";
  /** Called with each line of its standard output and standard error. */
  onLine?(line: string): void;
}

export interface RunningProcess {
  readonly child: ChildProcess;
  /** Resolves with how it ended, such as `exit status 1` or `signal SIGKILL`; never rejects. */
  readonly ended: Promise<string>;
  /** The last lines of its output. */
  tail(): string;
  /** Kills it and its children by SIGKILL: no process that is started here has state to save. */
  stop(): Promise<void>;
}

/** A command that failed: how, and the last lines of its output. */
export class ProcessError extends Error {
  override readonly name = "ProcessError";

  /**
   * @param command with its arguments
   * @param how such as `exit status 1`, or why it could not be started
   * @param output its last lines
   */
  constructor(
    readonly command: string,
    readonly how: string,
    readonly output: string,
  ) {
    super(`${command}: ${how}${output && `\n${output}`}`);
  }
}

/** Starts a process in a new process group, so that Ctrl-C in the terminal reaches only this process. */
export function startProcess(command: string, args: readonly string[], options: ProcessOptions): RunningProcess {
  const { env, cwd, ipc = false, stdin = "ignore", onLine } = options;
  const child = spawn(command, args, {
    env,
    ...(cwd !== undefined && { cwd }),
    detached: true,
    stdio: [stdin, "pipe", "pipe", ...(ipc ? (["ipc"] as const) : [])],
  });
  const group = child.pid;
  if (group !== undefined) register("group", group);

  const tail: string[] = [];
  for (const output of [child.stdout, child.stderr] as (Readable | undefined)[]) {
    // Without file descriptors left, spawn fails and there are no streams.
    if (!output) continue;
    createInterface({ input: output }).on("line", (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    });
  }

  // "close" comes after its output has been read to the end.
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", () => killGroup(group));
    child.on("close", (code, signal) => resolve(signal ? `signal ${signal}` : `exit status ${code}`));
  });
  ended.then(() => group !== undefined && unregister("group", group));

  return {
    child,
    ended,
    tail: () => tail.join("\n"),
    async stop() {
      killGroup(group);
      await ended;
    },
  };
}

/**
 * Runs a command to its end.
 *
 * @returns its standard output and standard error
 * @throws ProcessError when it cannot be started, does not exit with status 0, or takes longer than `timeoutSeconds`
 */
export async function run(
  command: string,
  args: readonly string[],
  options: ProcessOptions & { /** @default unlimited */ readonly timeoutSeconds?: number },
): Promise<string> {
  const { timeoutSeconds } = options;
  const lines: string[] = [];
  const running = startProcess(command, args, {
    ...options,
    onLine(line) {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  const how = await within(timeoutSeconds, "finished", running.ended);
  if (how !== "exit status 0") {
    await running.stop();
    throw new ProcessError([command, ...args].join(" "), how, running.tail());
  }
  return lines.join("\n");
}

/**
 * Starts a process and waits until it writes a line that matches `ready`.
 *
 * @throws ProcessError when it ends earlier, or takes longer than `timeoutSeconds`; it is stopped then
 */
export async function startService(
  command: string,
  args: readonly string[],
  options: ProcessOptions & { readonly ready: RegExp; readonly timeoutSeconds: number },
): Promise<{ process: RunningProcess; match: RegExpExecArray }> {
  let found: (match: RegExpExecArray) => void = () => {};
  const ready = new Promise<RegExpExecArray>((resolve) => {
    found = resolve;
  });
  const running = startProcess(command, args, {
    ...options,
    onLine(line) {
      const match = options.ready.exec(line);
      if (match) found(match);
      options.onLine?.(line);
    },
  });
  const outcome = await within<RegExpExecArray | string>(options.timeoutSeconds, "ready", ready, running.ended);
  if (typeof outcome !== "string") return { process: running, match: outcome };
  await running.stop();
  throw new ProcessError(command, outcome, running.tail());
}

function killGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // The group has already ended.
  }
}
