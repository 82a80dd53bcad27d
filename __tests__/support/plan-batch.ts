import { cp } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { type ModuleCall, outputsDeclaredBy, planOfCalls, withoutProvider } from "./module-calls";
import type { ModulePlan, StoredResource, SynthesizedStack } from "./terraform";

/** What the plan finds in the state, or what tells it when the plans are made. */
type Stored = readonly StoredResource[] | (() => Promise<readonly StoredResource[]>);

/** Plans of a stack that are all made when the first is awaited: each by itself would take seconds. */
export class PlanBatch {
  readonly #calls: Record<string, Pick<ModuleCall, "variables"> & { readonly stored: Stored }> = {};
  #plans?: Promise<Readonly<Record<string, ModulePlan>>>;

  /** @param stack is asked for when the plans are made */
  constructor(private readonly stack: () => SynthesizedStack) {}

  /** To be called before any plan is awaited, where tests are declared. */
  add(variables: object, stored: Stored = []): () => Promise<ModulePlan> {
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
      const calls = await Promise.all(
        Object.entries(this.#calls).map(
          async ([name, { variables, stored }]): Promise<[string, ModuleCall]> => [
            name,
            { source, variables, stored: typeof stored === "function" ? await stored() : stored },
          ],
        ),
      );
      return await planOfCalls(Object.fromEntries(calls), await outputsDeclaredBy(source));
    } finally {
      await module.remove();
    }
  }
}
