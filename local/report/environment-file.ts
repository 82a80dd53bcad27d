import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shellQuote } from "../../tools/text/shell-quote";
import { emulatedAccount } from "../aws/account";

/**
 * Writes `env.sh`, which switches a terminal to the emulated account when sh, bash or zsh sources it.
 *
 * It unsets the user's own AWS_ and TF_ variables: in some SDKs a profile takes precedence over keys, and an endpoint of one
 * service over that of all (AWS SDKs and Tools Reference Guide, "Service-specific endpoints").
 *
 * @param terraformCliConfig the CLI configuration file that locates the provider
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
    // Otherwise Terraform and cdktf check for newer versions, even without a network.
    CHECKPOINT_DISABLE: "1",
  };
  const path = join(directory, "env.sh");
  const content = `# The emulated AWS account of npm start. Replaces your AWS_… and TF_… variables in this terminal.
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
