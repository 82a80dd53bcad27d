import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Says of the AWS provider with this alias what a stack's override says of the default one.
 *
 * @param changes arguments of the provider that differ
 */
export async function overrideProviderAlias(
  directory: string,
  alias: string,
  changes: object = { region: "us-east-1" },
): Promise<void> {
  const { provider } = JSON.parse(await readFile(join(directory, "override.tf.json"), "utf8"));
  const override = { provider: { aws: { ...provider.aws, alias, ...changes } } };
  await writeFile(join(directory, `${alias}_override.tf.json`), JSON.stringify(override));
}

/** Arguments of a provider in another account of the emulator, which has an account for each id. */
export function inEmulatedAccount(accountId: string): object {
  return { assume_role: [{ role_arn: `arn:aws:iam::${accountId}:role/any` }] };
}
