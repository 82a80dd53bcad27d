import { cp } from "node:fs/promises";
import { join } from "node:path";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { CallBatch } from "./call-batch";
import {
  addOutputs,
  type ModuleCall,
  outputsDeclaredBy,
  planOfCalls,
  rejectionsOfCalls,
  withoutProvider,
} from "./module-calls";
import { stacksOfRun } from "./stacks-of-run";
import type { ModulePlan, StoredResource } from "./terraform";

/** What the plan finds in the state, or what tells it when the plans are made. */
type Stored = readonly StoredResource[] | (() => Promise<readonly StoredResource[]>);

interface PlannedCall {
  readonly variables: object;
  readonly stored: Stored;
}

/** Plans of a stack that are all made when the first is awaited: each by itself would take seconds. */
export class PlanBatch {
  readonly #plans = new CallBatch<PlannedCall, ModulePlan>((calls) => this.#ofModule(calls, planOfCalls));
  readonly #rejections = new CallBatch<PlannedCall, readonly string[]>((calls) =>
    this.#ofModule(calls, rejectionsOfCalls),
  );

  /**
   * @param stack its name in main.ts
   * @param expressions what each plan has as outputs, by name, besides those of the stack, such as `local.lanes`
   */
  constructor(
    private readonly stack: string,
    private readonly expressions: Readonly<Record<string, string>> = {},
  ) {}

  /** To be called before any plan is awaited, where tests are declared. */
  add(variables: object, stored: Stored = []): () => Promise<ModulePlan> {
    return this.#plans.add({ variables, stored });
  }

  /** The same for Terraform's errors for these variables; none when it plans them. */
  addRejected(variables: object): () => Promise<readonly string[]> {
    return this.#rejections.add({ variables, stored: [] });
  }

  async #ofModule<T>(
    calls: Readonly<Record<string, PlannedCall>>,
    ask: (calls: Readonly<Record<string, ModuleCall>>) => Promise<T>,
  ): Promise<T> {
    const { path: source, remove } = await this.#module();
    try {
      const outputs = await outputsDeclaredBy(source);
      const moduleCalls = Object.entries(calls).map(
        async ([name, { variables, stored }]): Promise<[string, ModuleCall]> => {
          const inState = typeof stored === "function" ? await stored() : stored;
          return [name, { source, outputs, variables: { ...variables }, stored: inState }];
        },
      );
      return await ask(Object.fromEntries(await Promise.all(moduleCalls)));
    } finally {
      await remove();
    }
  }

  /** A copy of the stack that can be called. */
  async #module(): Promise<TemporaryDirectory> {
    const module = await temporaryDirectory();
    await cp(join(await stacksOfRun(), this.stack), module.path, { recursive: true });
    await withoutProvider(module.path);
    await addOutputs(module.path, this.expressions);
    return module;
  }
}
