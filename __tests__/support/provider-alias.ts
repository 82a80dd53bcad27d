import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Says of the AWS provider with this alias, in us-east-1, what a stack's override says of the default one. */
export async function overrideProviderAlias(directory: string, alias: string): Promise<void> {
  const { provider } = JSON.parse(await readFile(join(directory, "override.tf.json"), "utf8"));
  const override = { provider: { aws: { ...provider.aws, alias, region: "us-east-1" } } };
  await writeFile(join(directory, "alias_override.tf.json"), JSON.stringify(override));
}
