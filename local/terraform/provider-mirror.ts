import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cdktf } from "@cdktf/provider-aws/package.json";
import { MachineError } from "../../tools/failures/machine-error";
import { networkReason } from "../../tools/failures/network";
import { type ProcessError, run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";

/** Address and version of the provider that the constructs are generated from, such as host/hashicorp/aws and 5.100.0. */
const provider: { readonly name: string; readonly version: string } = cdktf.provider;

const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

/** Where the provider lies inside a mirror: Terraform's "unpacked layout". */
const providerPath = join(
  provider.name,
  provider.version,
  `${process.platform}_${architectures[process.arch] ?? process.arch}`,
);

/**
 * System folders that people keep mirrors in. Those that Terraform knows itself (the CLI configuration's,
 * ~/.terraform.d/plugins, <XDG data>/terraform/plugins) are not listed: `terraform init` has looked there.
 */
const systemPrefixes = ["/opt", "/srv", "/usr/lib", "/usr/local", "/usr/local/lib", "/usr/local/share", "/var/lib"];

export interface ProviderMirrorOptions {
  /** Keeps the provider for the next run, which then needs no network. @default the repository's .cache/ */
  readonly cacheDirectory?: string;
  /** Folders to look for a mirror in, one and two levels down. @default the usual system prefixes */
  readonly prefixes?: readonly string[];
  /** @default the process's own */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * The environment for every `terraform` and `cdktf` that the laptop and the tests start: the AWS provider comes from a
 * folder of this repository, filled once by a normal `terraform init`, or else from a mirror on this machine. The
 * user's own CLI configuration decides how that first init gets it, and is never edited.
 *
 * @throws MachineError when neither the registry nor a mirror has the provider; it tells what was tried.
 */
export async function terraformEnvironment(options: ProviderMirrorOptions = {}): Promise<NodeJS.ProcessEnv> {
  const {
    cacheDirectory = resolve(__dirname, "../../.cache"),
    prefixes = systemPrefixes,
    environment = process.env,
  } = options;
  await mkdir(cacheDirectory, { recursive: true });
  const mirror = join(cacheDirectory, `terraform-providers-${provider.version}`);
  if (!(await hasProvider(mirror))) {
    await fillMirror(mirror, cacheDirectory, prefixes, environment);
  }
  const cliConfiguration = `${mirror}.tfrc`;
  const content = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
  const existing = await readFile(cliConfiguration, "utf8").catch(() => undefined);
  if (existing !== content) await writeAtomically(cliConfiguration, content);
  return { ...environment, TF_CLI_CONFIG_FILE: cliConfiguration, CHECKPOINT_DISABLE: "1" };
}

/** Renames are atomic, so that several test processes may do this at the same time: the first one wins. */
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

/** @returns what Terraform printed when it could not get the provider */
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
        "Its makers tell how: https://developer.hashicorp.com/terraform/install",
        "",
        { cause: error },
      );
    }
    return message;
  }
}

async function findMirror(prefixes: readonly string[], failure: string): Promise<string> {
  for (const prefix of prefixes) {
    for (const folder of await readdir(prefix).catch(() => [])) {
      for (const mirror of ["", "plugins", "providers"].map((name) => join(prefix, folder, name))) {
        if (await hasProvider(mirror)) {
          return mirror;
        }
      }
    }
  }
  const reason = networkReason(failure);
  throw new MachineError(
    `The Terraform provider ${provider.name} ${provider.version} cannot be fetched by terraform init${reason ? `: ${reason}` : ""}, ` +
      `and no mirror (a folder that contains ${providerPath}) lies in ${prefixes.join(", ")}.`,
    "It is needed once. Give this machine access to the Terraform registry, or name a mirror in Terraform's CLI configuration file (provider_installation).",
    failure,
  );
}

async function replace(filled: string, mirror: string): Promise<void> {
  try {
    await rename(filled, mirror);
  } catch (error) {
    // Another process was first, or what lies there leads to a mirror that is gone.
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

function hasProvider(mirror: string): Promise<boolean> {
  return access(join(mirror, providerPath)).then(
    () => true,
    () => false,
  );
}
