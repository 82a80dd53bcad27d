import { oneLine } from "../../tools/text/one-line";
import type { AppliedFunction } from "../lambda/applied-function";
import type { InvocationResult } from "../lambda/instance";
import type { AppliedState } from "./applied-state";
import { functionChanges } from "./changes";
import type { Problems } from "./problems";

export interface FunctionsIo {
  readonly state: Pick<AppliedState, "configuration" | "code">;
  /** @param names the function's name in lines for people, evaluated for each line */
  createFunction(name: string, names: () => string): AppliedFunction;
  say(line: string): void;
}

/** Who invokes a function: as lines for people name it. */
interface Invoker {
  names(): string;
  /** Of those that run by now. */
  currentNames(): string;
  /** The function's configuration differs from now on. */
  onChange(): void;
}

/** The functions that exist and are invoked, as they are configured. */
export class Functions {
  /** By ARN. */
  readonly #functions = new Map<string, AppliedFunction>();

  constructor(
    private readonly io: FunctionsIo,
    private readonly problems: Problems,
  ) {}

  get(arn: string): AppliedFunction | undefined {
    return this.#functions.get(arn);
  }

  /** Runs the function as it is configured now; a problem is reported, and what runs goes on. */
  async apply(arn: string, invoker: Invoker): Promise<void> {
    const { state } = this.io;
    const known = this.#functions.get(arn);
    const runs = known?.configuration !== undefined;
    await this.problems.watch(`function ${arn}`, invoker.names, runs, async () => {
      const configuration = await state.configuration(arn);
      const applied = known ?? this.io.createFunction(configuration.name, invoker.currentNames);
      this.#functions.set(arn, applied);
      const before = applied.configuration;
      await applied.apply(configuration, () => state.code(arn, configuration.codeSha256));
      const changes = before ? functionChanges(before, configuration) : [];
      if (changes.length === 0) return;
      // Applied names may hold any text.
      this.io.say(oneLine(`${invoker.names()}: ${changes.join(", ")}`));
      invoker.onChange();
    });
  }

  /** @throws Error when there is no such function */
  async invoke(arn: string, event: unknown): Promise<InvocationResult> {
    const current = this.#functions.get(arn);
    if (!current) throw new Error("the function does not exist");
    return current.invoke(event);
  }

  /** Forgets all but these, and returns the others, which run on. */
  keep(arns: ReadonlySet<string>): AppliedFunction[] {
    const others = [...this.#functions].filter(([arn]) => !arns.has(arn));
    for (const [arn] of others) this.#functions.delete(arn);
    return others.map(([, one]) => one);
  }

  /** Kills the processes of all; they run on with the next invocation. */
  async kill(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((one) => one.kill()));
  }

  /** Kills all; the results of invocations in flight are dropped. */
  async stop(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((one) => one.stop()));
  }
}
