import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emulatedAccount } from "../aws/account";
import { shellQuote } from "./shell-quote";

/**
 * Writes `env.sh`, which turns a terminal to the emulated account once it is sourced by sh, bash or zsh.
 *
 * What the person has set for accounts and Terraform projects of their own is unset: a profile wins over keys in some
 * SDKs, an endpoint of one service over that of all (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
 *
 * @param terraformCliConfig the file that tells Terraform where the provider lies
 * @returns its path
 */
export async function writeEnvironmentFile(
  directory: string,
  emulatorUrl: string,
  terraformCliConfig: string,
): Promise<string> {
  const variables = {
    AWS_ENDPOINT_URL: emulatorUrl,
    ...emulatedAccount,
    AWS_DEFAULT_REGION: emulatedAccount.AWS_REGION,
    TF_CLI_CONFIG_FILE: terraformCliConfig,
    // Terraform and cdktf ask HashiCorp for newer versions, also where there is no network.
    CHECKPOINT_DISABLE: "1",
  };
  const path = join(directory, "env.sh");
  const content = `# The emulated AWS account of npm start, in place of what AWS_… and TF_… variables said.
for name in $(env | sed -n -e 's/^\\(AWS_[A-Za-z0-9_]*\\)=.*/\\1/p' -e 's/^\\(TF_[A-Za-z0-9_]*\\)=.*/\\1/p'); do
  unset "$name"
done
unset name
${Object.entries(variables)
  .map(([name, value]) => `export ${name}=${shellQuote(value)}`)
  .join("\n")}
`;
  await writeFile(path, content, { mode: 0o600 });
  return path;
}
