import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory as repositoryCache } from "../../tools/cache";
import { MachineError } from "../../tools/failures/machine-error";
import { type ProcessError, run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { findMirror, systemPrefixes } from "./find-mirror";
import { hasProvider, provider, providerPath } from "./provider";

export interface ProviderMirrorOptions {
  /** Caches the provider, so that later runs need no network. @default the repository's .cache/ */
  readonly cacheDirectory?: string;
  /** Folders that may hold a mirror one or two levels down. @default {@link systemPrefixes} */
  readonly prefixes?: readonly string[];
  /** @default the process's own */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Returns the environment for each `terraform` and `cdktf` process of the local pipeline and of the tests. The AWS provider comes
 * from this repository's cache, which a normal `terraform init` fills once, or else a mirror on this machine. The user's CLI
 * configuration decides how that first init fetches it, and is never edited.
 *
 * @throws MachineError when neither the registry nor a mirror has the provider
 */
export async function terraformEnvironment(options: ProviderMirrorOptions = {}): Promise<NodeJS.ProcessEnv> {
  const { cacheDirectory = repositoryCache, prefixes = systemPrefixes, environment = process.env } = options;
  await mkdir(cacheDirectory, { recursive: true });
  const mirror = mirrorIn(cacheDirectory);
  if (!(await hasProvider(mirror))) {
    await fillMirror(mirror, cacheDirectory, prefixes, environment);
  }
  const cliConfiguration = `${mirror}.tfrc`;
  const content = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
  const existing = await readFile(cliConfiguration, "utf8").catch(() => undefined);
  if (existing !== content) await writeAtomically(cliConfiguration, content);
  return { ...GARBAGE_COLLECTION, ...environment, TF_CLI_CONFIG_FILE: cliConfiguration, CHECKPOINT_DISABLE: "1" };
}

/** The provider's schema takes half a gigabyte: with Go's default of 100, a third of its CPU time is garbage collection. */
const GARBAGE_COLLECTION = { GOGC: "400" };

/** Path of the provider's program, once {@link terraformEnvironment} has filled the repository's cache. */
export async function providerProgram(): Promise<string> {
  const folder = join(mirrorIn(repositoryCache), providerPath);
  const names = await readdir(folder);
  return join(folder, names.find((name) => name.startsWith("terraform-provider-"))!);
}

const mirrorIn = (cacheDirectory: string): string => join(cacheDirectory, `terraform-providers-${provider.version}`);

/** Renames are atomic, so several test processes may do this at the same time: the first one wins. */
async function fillMirror(
  mirror: string,
  cacheDirectory: string,
  prefixes: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { path: workingDirectory, remove } = await temporaryDirectory(cacheDirectory);
  try {
    const source = provider.name.split("/").slice(1).join("/");
    await writeFile(
      join(workingDirectory, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: { aws: { source, version: provider.version } } } }),
    );
    const filled = join(workingDirectory, "filled");
    const failure = await initialize(workingDirectory, environment);
    if (failure === undefined) {
      await rename(join(workingDirectory, ".terraform", "providers"), filled);
    } else {
      await symlink(await findMirror(prefixes, failure), filled);
    }
    await replace(filled, mirror);
  } finally {
    await remove();
  }
}

/** @returns Terraform's output when it could not fetch the provider */
async function initialize(workingDirectory: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    await run("terraform", [`-chdir=${workingDirectory}`, "init", "-no-color", "-input=false"], {
      env: { ...environment, CHECKPOINT_DISABLE: "1" },
    });
    return undefined;
  } catch (error) {
    const { how, message } = error as ProcessError;
    if (how.endsWith(" ENOENT")) {
      throw new MachineError(
        "terraform is not on the PATH: install Terraform 1.5 or newer.",
        "See https://developer.hashicorp.com/terraform/install",
        "",
        { cause: error },
      );
    }
    return message;
  }
}

async function replace(filled: string, mirror: string): Promise<void> {
  try {
    await rename(filled, mirror);
  } catch (error) {
    // Another process was first, or the existing link leads to a mirror that is gone.
    if (!(await hasProvider(mirror))) {
      await rm(mirror, { recursive: true, force: true });
      await rename(filled, mirror).catch(() => Promise.reject(error));
    }
  }
}

async function writeAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
