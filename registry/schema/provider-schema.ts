import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cdktf } from "@cdktf/provider-aws/package.json";
import { run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";

/** A provider in the output of `terraform providers schema -json`, as far as it is read here. */
export interface ProviderSchema {
  readonly resource_schemas: Readonly<Record<string, { readonly block: SchemaBlock }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

/** Has either a type or, in newer providers, a nested type, whose values are objects. */
export interface SchemaAttribute {
  readonly type?: SchemaType;
  readonly nested_type?: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
}

/** `"string"`, `["map", "string"]`, `["list", ["object", { … }]]` */
export type SchemaType =
  | string
  | readonly ["map" | "list" | "set", SchemaType]
  | readonly ["object", Readonly<Record<string, SchemaType>>];

/** Address and version of the AWS provider that the constructs' bindings are generated from. */
const { name, version }: { readonly name: string; readonly version: string } = cdktf.provider;

/**
 * Reads the schema of the AWS provider from the provider itself, in a few seconds.
 *
 * @param env of `terraform`, whose CLI configuration decides where the provider comes from
 * @throws ProcessError when Terraform cannot be started, or cannot get the provider
 */
export async function readProviderSchema(env: NodeJS.ProcessEnv): Promise<ProviderSchema> {
  const { path, remove } = await temporaryDirectory();
  try {
    const aws = { source: name, version };
    await writeFile(join(path, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
    await run("terraform", [`-chdir=${path}`, "init", "-input=false", "-no-color"], { env });
    const schemas = JSON.parse(await run("terraform", [`-chdir=${path}`, "providers", "schema", "-json"], { env }));
    return schemas.provider_schemas[name];
  } finally {
    await remove();
  }
}
