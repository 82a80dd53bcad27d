import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emulatedAccount } from "../aws/account";

/** Services that the stacks use, as the provider's `endpoints` names them. */
const SERVICES = ["ec2", "iam", "kinesis", "kms", "lambda", "logs", "opensearch", "s3", "sts"];

/**
 * Points a synthesized stack at the emulator, with its state beside it. Terraform merges `override.tf.json` into the
 * stack's own files, which stay unchanged.
 *
 * Requests to a service outside the list go to AWS, which rejects the emulated account's credentials.
 */
export async function overrideProvider(stackDirectory: string, emulatorUrl: string): Promise<void> {
  const override = {
    terraform: { backend: { local: { path: "terraform.tfstate" } } },
    provider: {
      aws: {
        region: emulatedAccount.AWS_REGION,
        access_key: emulatedAccount.AWS_ACCESS_KEY_ID,
        secret_key: emulatedAccount.AWS_SECRET_ACCESS_KEY,
        s3_use_path_style: true,
        skip_metadata_api_check: "true",
        endpoints: Object.fromEntries(SERVICES.map((service) => [service, emulatorUrl])),
      },
    },
  };
  await writeFile(join(stackDirectory, "override.tf.json"), JSON.stringify(override, undefined, 2));
}
