import { cp } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { type ModuleCall, outputsDeclaredBy, planOfCalls, withoutProvider } from "./module-calls";
import type { ModulePlan, StoredResource, SynthesizedStack } from "./terraform";

/** Plans of a stack that are all made when the first is awaited: each by itself would take seconds. */
export class PlanBatch {
  readonly #calls: Record<string, Omit<ModuleCall, "source">> = {};
  #plans?: Promise<Readonly<Record<string, ModulePlan>>>;

  /** @param stack is asked for when the plans are made */
  constructor(private readonly stack: () => SynthesizedStack) {}

  /** To be called before any plan is awaited, where tests are declared. */
  add(variables: object, stored: readonly StoredResource[] = []): () => Promise<ModulePlan> {
    if (this.#plans) throw new Error("The plans of this batch are made already.");
    const name = `plan_${Object.keys(this.#calls).length}`;
    this.#calls[name] = { variables: { ...variables }, stored };
    return async () => {
      this.#plans ??= this.#planAll();
      return (await this.#plans)[name]!;
    };
  }

  async #planAll(): Promise<Readonly<Record<string, ModulePlan>>> {
    const module = await temporaryDirectory();
    try {
      await cp(join(this.stack().directory, "cdk.tf.json"), join(module.path, "cdk.tf.json"));
      await cp(join(this.stack().directory, "assets"), join(module.path, "assets"), { recursive: true });
      const source = await withoutProvider(module.path);
      const calls = Object.entries(this.#calls).map(([name, call]) => [name, { ...call, source }] as const);
      return await planOfCalls(Object.fromEntries(calls), await outputsDeclaredBy(source));
    } finally {
      await module.remove();
    }
  }
}
