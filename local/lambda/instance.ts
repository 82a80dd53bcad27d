import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startProcess } from "../../tools/processes/process";
import { functionArn } from "../aws/account";

/** The response of Lambda's Invoke: the handler's result, or with `functionError` a description of the error. */
export interface InvocationResult {
  readonly payload: unknown;
  readonly functionError?: "Unhandled";
}

/** Why a function cannot be loaded. */
export interface LoadError {
  readonly errorType: string;
  readonly errorMessage: string;
}

export interface InstanceOptions {
  readonly nodePath: string;
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly memoryMib: number;
  environment(): NodeJS.ProcessEnv;
  onLine?(line: string): void;
}

/** One process of a function, Lambda's "execution environment"; it handles one event at a time. */
export interface Instance {
  /** False while it handles an event, and after its process has ended or lost its channel. */
  readonly idle: boolean;
  /** Resolves when the function is loaded; to the load error when every invocation will fail. */
  readonly loaded: Promise<LoadError | undefined>;
  /** Resolves when its process has ended. */
  readonly ended: Promise<unknown>;
  invoke(event: unknown): Promise<InvocationResult>;
  freeze(): void;
  kill(): Promise<void>;
}

/**
 * What a function is given to load in, besides its timeout, in milliseconds. Source: AWS Lambda "Understanding the Lambda
 * execution environment lifecycle", Init phase.
 */
const INIT_MS = 10_000;

/** Starts a process that loads the function. */
export function startInstance(options: InstanceOptions): Instance {
  const { name, timeoutSeconds, memoryMib } = options;
  const running = startProcess(
    options.nodePath,
    [`--max-old-space-size=${memoryMib}`, join(__dirname, "runtime.cjs")],
    { env: options.environment(), ipc: true, ...(options.onLine && { onLine: options.onLine }) },
  );
  const { child, ended } = running;
  let idle = true;
  // The first message; each later one answers an event.
  const loaded = Promise.race([
    new Promise<LoadError | undefined>((resolve) => {
      child.once("message", ({ error }: { error?: LoadError }) => resolve(error));
    }),
    ended.then((how) => ({ errorType: "Runtime.ExitError", errorMessage: `Runtime exited with error: ${how}` })),
  ]);
  const ready = Promise.race([loaded, sleep(INIT_MS, undefined, { ref: false })]);

  return {
    get idle() {
      return idle && child.connected;
    },
    loaded,
    ended,
    async invoke(event) {
      idle = false;
      await ready;
      const requestId = randomUUID();
      const failure = (errorType: string, message: string): InvocationResult => ({
        functionError: "Unhandled",
        payload: { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` },
      });
      let onMessage = (_result: InvocationResult) => {};
      let timer: NodeJS.Timeout | undefined;
      const outcome = Promise.race([
        new Promise<InvocationResult>((resolve) => {
          onMessage = (message) => {
            if (!("loaded" in message)) resolve(message);
          };
          child.on("message", onMessage);
        }),
        ended.then((how) => failure("Runtime.ExitError", `Runtime exited with error: ${how}`)),
        new Promise<InvocationResult>((resolve) => {
          const message = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
          timer = setTimeout(() => resolve(failure("Sandbox.Timedout", message)), timeoutSeconds * 1000);
        }),
      ]);
      const context = {
        awsRequestId: requestId,
        functionName: name,
        functionVersion: "$LATEST",
        invokedFunctionArn: functionArn(name),
        memoryLimitInMB: String(memoryMib),
      };
      // Sending fails only when the process has ended, which is one of the outcomes.
      child.send({ event, context, deadline: monotonicMs() + timeoutSeconds * 1000 }, () => {});
      const result = await outcome;
      clearTimeout(timer);
      child.off("message", onMessage);
      if ((result.payload as { errorType?: string } | null)?.errorType === "Sandbox.Timedout") await running.stop();
      idle = true;
      return result;
    },
    freeze: () => void child.kill("SIGSTOP"),
    kill: () => running.stop(),
  };
}

/** The machine's monotonic clock, which all processes share: runtime.cjs computes the remaining time by it. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
