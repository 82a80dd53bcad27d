import { isDeepStrictEqual } from "node:util";
import type { FunctionConfiguration } from "./configuration";
import { type InvocationResult, type LambdaFunction, type LoadError, startFunction } from "./function";

export interface AppliedFunctionOptions {
  /** Returns the variables that the function needs on this machine, in addition to its own or instead of them. */
  environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The Node.js to run it on. @default this process's */
  readonly nodePath?: string;
  /** Called with each line that it logs, and with each function error. */
  onLine(line: string): void;
  /** Called when the applied code cannot be loaded: every invocation fails. */
  onLoadError(error: LoadError, configuration: FunctionConfiguration): void;
}

interface Version {
  readonly lambda: LambdaFunction;
  readonly inFlight: Set<Promise<unknown>>;
}

/** A function that follows applied changes: new invocations get new processes, invocations in flight end on the old ones. */
export class AppliedFunction {
  #configuration: FunctionConfiguration | undefined;
  #zip: Uint8Array | undefined;
  #current: Version | undefined;
  readonly #retired = new Set<Version>();

  constructor(private readonly options: AppliedFunctionOptions) {}

  /** The running configuration; undefined before the first `apply`. */
  get configuration(): FunctionConfiguration | undefined {
    return this.#configuration;
  }

  /**
   * Runs this configuration from now on; does nothing when it already runs.
   *
   * @param fetchCode called when the code differs
   * @throws Error when the code cannot be fetched or unpacked; the running one stays
   */
  async apply(configuration: FunctionConfiguration, fetchCode: () => Promise<Uint8Array>): Promise<void> {
    if (isDeepStrictEqual(configuration, this.#configuration)) return;
    const sameCode = configuration.codeSha256 === this.#configuration?.codeSha256;
    const zip = sameCode ? this.#zip! : await fetchCode();
    const { nodePath, onLine } = this.options;
    const { environment } = configuration;
    const lambda = await startFunction({
      ...configuration,
      zip,
      environment: { ...environment, ...this.options.environment(environment) },
      ...(nodePath !== undefined && { nodePath }),
      onLine,
    });
    const previous = this.#current;
    this.#current = { lambda, inFlight: new Set() };
    this.#configuration = configuration;
    this.#zip = zip;
    if (previous) void this.#retire(previous);
    void lambda.load().then((error) => {
      if (error && this.#current?.lambda === lambda) this.options.onLoadError(error, configuration);
    });
  }

  /** @throws Error before the first `apply`, and after `stop` */
  async invoke(event: unknown): Promise<InvocationResult> {
    const version = this.#current;
    if (!version) throw new Error("the function does not run");
    const invoked = version.lambda.invoke(event);
    version.inFlight.add(invoked);
    const result = await invoked;
    version.inFlight.delete(invoked);
    if (result.functionError) this.options.onLine(`ERROR ${JSON.stringify(result.payload)}`);
    return result;
  }

  /** Kills its processes: invocations in flight fail, the next one starts a new process. */
  async kill(): Promise<void> {
    await this.#current?.lambda.kill();
  }

  /** Accepts no further invocations; resolves when those in flight have ended. */
  async end(): Promise<void> {
    const last = this.#current;
    this.#current = undefined;
    if (last) await this.#retire(last);
  }

  /** Kills all its processes: invocations in flight fail. */
  async stop(): Promise<void> {
    const versions = [...this.#retired, ...(this.#current ? [this.#current] : [])];
    this.#current = undefined;
    await Promise.all(versions.map(({ lambda }) => lambda.stop()));
  }

  async #retire(version: Version): Promise<void> {
    this.#retired.add(version);
    await Promise.all(version.inFlight);
    await version.lambda.stop();
    this.#retired.delete(version);
  }
}
