import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A resource that Terraform has applied. */
export interface AppliedResource {
  /** Such as `aws_kinesis_stream.this["foo"]`. */
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A stack, as far as Terraform has applied it. */
export interface AppliedStack {
  readonly resources: readonly AppliedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A state file, as Terraform writes it while it applies: version 4. */
interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly mode: string;
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes?: AppliedResource["values"];
    }[];
  }[];
}

/** Reads the state of a stack, as far as it is applied; nothing of one that is not, or is being written. */
export async function appliedStack(stackDirectory: string): Promise<AppliedStack> {
  try {
    const state = JSON.parse(await readFile(join(stackDirectory, "terraform.tfstate"), "utf8")) as StateFile;
    const outputs = Object.entries(state.outputs ?? {}).map(([name, { value }]) => [name, value]);
    return { resources: resourcesOfState(state), outputs: Object.fromEntries(outputs) };
  } catch {
    return { resources: [], outputs: {} };
  }
}

export function resourcesOfState({ resources = [] }: StateFile): AppliedResource[] {
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ index_key, attributes }) => ({
        address: `${module ? `${module}.` : ""}${type}.${name}${index_key === undefined ? "" : `[${JSON.stringify(index_key)}]`}`,
        type,
        values: attributes ?? {},
      })),
    );
}
