import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cdktf } from "@cdktf/provider-aws/package.json";
import { terraformEnvironment } from "../../../local/terraform/provider-mirror";

const providerPath = join(
  cdktf.provider.name,
  cdktf.provider.version,
  `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`,
);
const unreachable = "echo 'could not connect to the registry' >&2; exit 1";
const downloads = `mkdir -p "$dir/.terraform/providers/${providerPath}"`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "provider-mirror-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A `terraform` that counts its calls and then does what the script says in its -chdir folder. */
async function prepare(script: string) {
  const terraform = join(folder, "bin", "terraform");
  await mkdir(join(folder, "bin"));
  await writeFile(terraform, `#!/bin/sh\necho "$@" >> ${folder}/calls\ndir="\${1#-chdir=}"\n${script}\n`);
  await chmod(terraform, 0o755);
  return {
    cacheDirectory: join(folder, "cache"),
    prefixes: [join(folder, "none"), join(folder, "opt")],
    environment: { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, TF_CLI_CONFIG_FILE: "/of/the/user" },
  };
}

/** The folder that the written CLI configuration names, without symbolic links. */
async function mirrorOf(environment: NodeJS.ProcessEnv): Promise<string> {
  const configuration = await readFile(environment.TF_CLI_CONFIG_FILE!, "utf8");
  return realpath(configuration.match(/filesystem_mirror \{\s+path = "(.+)"/)![1]!);
}

async function callsOfTerraform(): Promise<number> {
  return (await readFile(join(folder, "calls"), "utf8")).trim().split("\n").length;
}

describe("terraformEnvironment", () => {
  it("keeps what terraform init downloaded, and needs no network the next time", async () => {
    const options = await prepare(downloads);

    await terraformEnvironment(options);
    const environment = await terraformEnvironment(options);

    expect(existsSync(join(await mirrorOf(environment), providerPath))).toBe(true);
    expect(await callsOfTerraform()).toBe(1);
    expect(environment).toMatchObject({ PATH: options.environment.PATH, CHECKPOINT_DISABLE: "1" });
  });

  it.each(["mirror", "mirror/plugins", "mirror/providers"])(
    "uses the mirror opt/%s when the registry cannot be reached",
    async (mirror) => {
      const options = await prepare(unreachable);
      await mkdir(join(folder, "opt", mirror, providerPath), { recursive: true });

      const environment = await terraformEnvironment(options);

      expect(await mirrorOf(environment)).toBe(await realpath(join(folder, "opt", mirror)));
    },
  );

  it("looks again when the mirror that it found before is gone", async () => {
    const options = await prepare(unreachable);
    await mkdir(join(folder, "opt", "first", providerPath), { recursive: true });
    await terraformEnvironment(options);
    await rm(join(folder, "opt", "first"), { recursive: true });
    await mkdir(join(folder, "opt", "second", providerPath), { recursive: true });

    const environment = await terraformEnvironment(options);

    expect(await mirrorOf(environment)).toBe(await realpath(join(folder, "opt", "second")));
  });

  it("replaces a mirror that is gone by what terraform init downloads", async () => {
    const options = await prepare(`if [ -e "${folder}/online" ]; then ${downloads}; else ${unreachable}; fi`);
    await mkdir(join(folder, "opt", "mirror", providerPath), { recursive: true });
    await terraformEnvironment(options);
    await rm(join(folder, "opt", "mirror"), { recursive: true });
    await writeFile(join(folder, "online"), "");

    const environment = await terraformEnvironment(options);

    expect(existsSync(join(await mirrorOf(environment), providerPath))).toBe(true);
  });

  it("serves several processes that start at the same time, and leaves no working folder behind", async () => {
    const options = await prepare(downloads);

    const environments = await Promise.all([1, 2, 3].map(() => terraformEnvironment(options)));

    expect(new Set(environments.map((each) => each.TF_CLI_CONFIG_FILE)).size).toBe(1);
    expect(existsSync(join(await mirrorOf(environments[0]!), providerPath))).toBe(true);
    expect(await readdir(options.cacheDirectory)).toHaveLength(2);
  });

  it("reports Terraform's output and the searched folders when there is no provider", async () => {
    const options = await prepare(unreachable);

    const failure = terraformEnvironment(options);

    await expect(failure).rejects.toThrow("could not connect to the registry");
    await expect(failure).rejects.toThrow(options.prefixes.join(", "));
  });

  it("reports that terraform is missing", async () => {
    const options = await prepare(downloads);
    await rm(join(folder, "bin", "terraform"));

    await expect(terraformEnvironment(options)).rejects.toThrow("install Terraform 1.5 or newer");
  });
});
