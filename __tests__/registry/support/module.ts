import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModule } from "../../../registry/module";
import { initializedStack, type SynthesizedStack, type TerraformFolder } from "../../support/terraform";

/** Emits the registry module into a folder of its own. */
export async function emittedModule(): Promise<TerraformFolder> {
  const directory = await mkdtemp(join(tmpdir(), "module-"));
  writeModule(directory);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A folder of the emitted module as a root module: "" is the module itself, `examples/minimal` an example. */
export async function rootModule(folder: string): Promise<SynthesizedStack> {
  const { directory, remove } = await emittedModule();
  return initializedStack(join(directory, folder), remove);
}
