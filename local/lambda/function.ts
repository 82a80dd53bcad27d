import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { emulatedAccount } from "../aws/account";
import { type InstanceOptions, type InvocationResult, type LoadError, startInstance } from "./instance";
import { unpack } from "./unpack";

export type { InvocationResult, LoadError };

export interface FunctionOptions {
  /** Path of the deployment package, or the package itself. */
  readonly zip: string | Uint8Array;
  /** The function's own variables, as in its configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Timeout of an invocation; its process is killed then. 1 to 900, as in Lambda. */
  readonly timeoutSeconds: number;
  /** Caps the V8 heap. 128 to 10,240, as in Lambda. */
  readonly memoryMib: number;
  /** @default forwarder */
  readonly name?: string;
  /** @default index.handler */
  readonly handler?: string;
  /** The Node.js to run it on. @default this process's */
  readonly nodePath?: string;
  /** Called with each line the function logs. */
  onLine?(line: string): void;
}

export interface LambdaFunction {
  /** Runs the handler in an idle process; concurrent calls get a process each. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** Starts a process ahead of the first event. @returns the load error, if any */
  load(): Promise<LoadError | undefined>;
  /** Kills all its processes by SIGKILL; invocations in flight fail, the next one starts a new process. */
  kill(): Promise<void>;
  /** Stops the processes of invocations in flight by SIGSTOP: they time out, whatever their code does. */
  freeze(): void;
  /** Kills all its processes and deletes the unpacked package. */
  stop(): Promise<void>;
}

/**
 * Unpacks a deployment package and runs its handler as Lambda does: in separate processes, with Lambda's environment only.
 *
 * @throws Error when the package cannot be read or unpacked
 */
export async function startFunction(options: FunctionOptions): Promise<LambdaFunction> {
  const { name = "forwarder", handler = "index.handler", nodePath = process.execPath } = options;
  const taskRoot = await unpack(typeof options.zip === "string" ? await readFile(options.zip) : options.zip);
  const instanceOptions: InstanceOptions = {
    nodePath,
    name,
    timeoutSeconds: options.timeoutSeconds,
    memoryMib: options.memoryMib,
    environment: () => ({
      ...options.environment,
      ...emulatedAccount,
      PATH: process.env.PATH,
      TZ: ":UTC",
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: taskRoot.path,
      AWS_DEFAULT_REGION: emulatedAccount.AWS_REGION,
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(options.memoryMib),
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    }),
    ...(options.onLine && { onLine: options.onLine }),
  };

  const instances = new Set<ReturnType<typeof startInstance>>();
  const kill = async () => {
    await Promise.all([...instances].map((instance) => instance.kill()));
  };
  const idleInstance = () => {
    const idle = [...instances].find((candidate) => candidate.idle);
    if (idle) return idle;
    const started = startInstance(instanceOptions);
    instances.add(started);
    started.ended.then(() => instances.delete(started));
    return started;
  };
  return {
    invoke: async (event) => idleInstance().invoke(event),
    load: () => idleInstance().loaded,
    kill,
    freeze() {
      for (const instance of instances) if (!instance.idle) instance.freeze();
    },
    async stop() {
      await kill();
      await taskRoot.remove();
    },
  };
}
