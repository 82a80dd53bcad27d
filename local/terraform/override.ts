import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emulatedAccount } from "../aws/account";

/** In the stack's folder, where Terraform runs: a copy of the folder needs nothing else. */
const ENDPOINTS = "emulator.ini";
const PROFILE = "emulator";

/**
 * Points a synthesized stack at the emulator, with its state beside it. Terraform merges `override.tf.json` into the
 * stack's own files, which stay unchanged.
 *
 * The endpoint is in a file of AWS's configuration: the 300 names of the provider's own `endpoints`, which it validates in
 * quadratic time, take it two seconds of CPU in each plan and in each apply.
 */
export async function overrideProvider(stackDirectory: string, emulatorUrl: string): Promise<void> {
  const override = {
    terraform: { backend: { local: { path: "terraform.tfstate" } } },
    provider: {
      aws: {
        region: emulatedAccount.AWS_REGION,
        access_key: emulatedAccount.AWS_ACCESS_KEY_ID,
        secret_key: emulatedAccount.AWS_SECRET_ACCESS_KEY,
        profile: PROFILE,
        shared_config_files: [ENDPOINTS],
        s3_use_path_style: true,
        skip_metadata_api_check: "true",
      },
    },
  };
  await writeFile(join(stackDirectory, ENDPOINTS), `[profile ${PROFILE}]\nendpoint_url = ${emulatorUrl}\n`);
  await writeFile(join(stackDirectory, "override.tf.json"), JSON.stringify(override, undefined, 2));
}
