import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { overrideProvider } from "../../local/terraform/override";
import { stackIn, type TerraformStack } from "../../local/terraform/stack";
import { synthesize } from "../../local/terraform/synthesize";
import { writeModule } from "../../registry/module";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";

/**
 * With them the forwarder's policy has all its statements but the one that attaches a function to a VPC. The emulator makes
 * no domain that ever becomes active.
 */
const options = {
  archive_kms_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/archive",
  search_endpoint: "https://search.example.com",
  search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
};

let emulator: Emulator;
let folder: TemporaryDirectory;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = await temporaryDirectory();
  await synthesize(join(folder.path, "synthesized"));
  writeModule(join(folder.path, "module"));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  await folder?.remove();
  await endEverything();
});

async function initialized(directory: string, variables: object, state?: TerraformStack): Promise<TerraformStack> {
  const stack = stackIn(directory);
  await overrideProvider(directory, emulator.url);
  await stack.setVariables({ ...variables });
  if (state) await copyFile(join(state.directory, "terraform.tfstate"), join(directory, "terraform.tfstate"));
  await stack.init();
  return stack;
}

const cases = [
  ["log-archive", "modules/log-archive", {}],
  ["logging-pipeline", "", options],
] as const;

describe("a state that a CDKTF stack made", () => {
  let applied: Map<string, TerraformStack>;

  // At once: most of an apply is the provider's waiting.
  beforeAll(async () => {
    const stacks = cases.map(async ([name, , variables]) => {
      const stack = await initialized(join(folder.path, "synthesized/stacks", name), variables);
      await stack.apply();
      return [name, stack] as const;
    });
    applied = new Map(await Promise.all(stacks));
  }, 600_000);

  it.each(cases)(
    "is planned without changes by the registry module: %s",
    async (name, moduleFolder, variables) => {
      const module = await initialized(join(folder.path, "module", moduleFolder), variables, applied.get(name));

      expect(await module.plan()).toMatch(/^No changes\./);
    },
    300_000,
  );
});
