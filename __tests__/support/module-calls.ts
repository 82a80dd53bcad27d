import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { initializedStack, type ModulePlan, type StoredResource, type SynthesizedStack } from "./terraform";

/** A call of a module, with what a plan finds of it in the state. */
export interface ModuleCall {
  /** Its folder. */
  readonly source: string;
  /** By Terraform's names. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly stored?: readonly StoredResource[];
  /** Those of the module that its plan has. @default none */
  readonly outputs?: DeclaredOutputs;
}

/** The outputs that a module declares, by name. */
export type DeclaredOutputs = Readonly<Record<string, { readonly sensitive?: boolean }>>;

/**
 * Plans many calls of modules at once: a plan costs seconds, and what it plans nearly nothing.
 *
 * @param calls by their names in Terraform
 * @returns the plan of each call, as if its module were the root module
 */
export async function planOfCalls(
  calls: Readonly<Record<string, ModuleCall>>,
): Promise<Readonly<Record<string, ModulePlan>>> {
  const root = await callingModule(calls);
  try {
    const stored = Object.entries(calls).flatMap(([name, call]) =>
      (call.stored ?? []).map((resource) => ({ ...resource, module: `module.${name}` })),
    );
    const plan = await root.plan({ given: givenBy(calls) }, stored);
    return Object.fromEntries(Object.keys(calls).map((name) => [name, partOf(plan, name)]));
  } finally {
    await root.remove();
  }
}

/**
 * Terraform's errors for each call: one plan finds those of all.
 *
 * @throws Error for an error that is about none of the calls
 */
export async function rejectionsOfCalls(
  calls: Readonly<Record<string, ModuleCall>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const root = await callingModule(calls);
  try {
    const rejections: Record<string, string[]> = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
    for (const { message, call = "" } of await root.errors({ given: givenBy(calls) })) {
      if (rejections[call] === undefined) throw new Error(message);
      rejections[call].push(message);
    }
    return rejections;
  } finally {
    await root.remove();
  }
}

/** The outputs of a synthesized stack. */
export async function outputsDeclaredBy(directory: string): Promise<DeclaredOutputs> {
  return JSON.parse(await readFile(join(directory, "cdk.tf.json"), "utf8")).output;
}

/** Adds outputs of these expressions to a synthesized stack. */
export async function addOutputs(directory: string, expressions: Readonly<Record<string, string>>): Promise<void> {
  const file = join(directory, "cdk.tf.json");
  const stack = JSON.parse(await readFile(file, "utf8"));
  for (const [name, expression] of Object.entries(expressions)) stack.output[name] = { value: `\${${expression}}` };
  await writeFile(file, inLines(stack));
}

/** A stack as a module that can be called: without a provider and a backend of its own. */
export async function withoutProvider(directory: string): Promise<string> {
  const file = join(directory, "cdk.tf.json");
  const { provider: _, ...stack } = JSON.parse(await readFile(file, "utf8"));
  delete stack.terraform.backend;
  await writeFile(file, inLines(stack));
  return directory;
}

/** Terraform quotes the whole line in each error and warning. */
const inLines = (configuration: object): string => JSON.stringify(configuration, undefined, 1);

const givenBy = (calls: Readonly<Record<string, ModuleCall>>) =>
  Object.fromEntries(Object.entries(calls).map(([name, { variables }]) => [name, variables]));

/** A root module. The values come from a variable: in a file of JSON they would be templates. */
async function callingModule(calls: Readonly<Record<string, ModuleCall>>): Promise<SynthesizedStack> {
  const { path, remove } = await temporaryDirectory();
  const outputs = Object.entries(calls).flatMap(([name, call]) => outputsOfCall(name, call.outputs ?? {}));
  const configuration = {
    variable: { given: {} },
    module: Object.fromEntries(
      Object.entries(calls).map(([name, { source, variables }]) => [
        name,
        {
          source,
          ...Object.fromEntries(Object.keys(variables).map((each) => [each, `\${var.given.${name}.${each}}`])),
        },
      ]),
    ),
    // Without outputs, Terraform takes no `output` at all.
    ...(outputs.length > 0 && { output: Object.fromEntries(outputs) }),
  };
  await writeFile(join(path, "main.tf.json"), inLines(configuration));
  return initializedStack(path, remove);
}

const outputsOfCall = (name: string, outputs: DeclaredOutputs): [string, object][] =>
  Object.entries(outputs).map(([output, { sensitive = false }]) => [
    `${name}-${output}`,
    { value: `\${module.${name}.${output}}`, sensitive },
  ]);

function partOf({ resource_changes, planned_values, checks = [] }: ModulePlan, name: string): ModulePlan {
  const module = `module.${name}.`;
  const output = `${name}-`;
  return asRoot(name, {
    resource_changes: resource_changes
      .filter(({ address }) => address.startsWith(module))
      .map((resource) => ({ ...resource, address: resource.address.slice(module.length) })),
    checks: checks
      .filter(({ address }) => address.to_display.startsWith(module))
      .map((check) => ({ ...check, address: { to_display: check.address.to_display.slice(module.length) } })),
    planned_values: {
      outputs: Object.fromEntries(
        Object.entries(planned_values.outputs)
          .filter(([each]) => each.startsWith(output))
          .map(([each, value]) => [each.slice(output.length), value]),
      ),
    },
  });
}

/** With the `path.module` of a root module. */
const asRoot = <T>(name: string, plan: T): T =>
  JSON.parse(JSON.stringify(plan).replaceAll(`.terraform/modules/${name}/`, "./"));
