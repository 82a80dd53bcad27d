import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory, cached } from "../../tools/cache";
import { run } from "../../tools/processes/process";

/** A program that checks the emitted module, installed in .cache/. */
interface Tool {
  readonly name: string;
  readonly version: string;
  /** The program inside its folder, and its first arguments. */
  readonly command: readonly [string, ...string[]];
  /** Takes minutes. @throws ProcessError */
  install(directory: string): Promise<void>;
}

const checkov: Tool = {
  name: "checkov",
  version: "3.3.30",
  // Not bin/checkov, which has the path of the folder before it was moved.
  command: ["bin/python", "-m", "checkov.main"],
  install(directory) {
    return installPython(this, directory);
  },
};

const parliament: Tool = {
  name: "parliament",
  version: "1.6.4",
  command: ["bin/python", "-m", "parliament.cli"],
  install(directory) {
    return installPython(this, directory);
  },
};

/** Installs the packages of `<name>-requirements.txt` into a virtual environment. */
async function installPython({ name }: Tool, directory: string): Promise<void> {
  await run("python3", ["-m", "venv", directory], { env: process.env });
  const options = ["--no-deps", "--require-hashes", "--no-cache-dir", "--disable-pip-version-check"];
  const pip = ["-m", "pip", "install", ...options, "-r", join(__dirname, `${name}-requirements.txt`)];
  await run(join(directory, "bin/python"), pip, { env: process.env });
}

const tflint: Tool = {
  name: "tflint",
  version: "0.64.0",
  command: ["tflint"],
  install(directory) {
    const hash = "h1:v0KwryBjBeo79uqFrYQOllZk3l/nQvH/e4SZW45jhA8=";
    return buildGo(this, "github.com/terraform-linters/tflint", hash, directory);
  },
};

const terraformDocs: Tool = {
  name: "terraform-docs",
  version: "0.19.0",
  command: ["terraform-docs"],
  install(directory) {
    const hash = "h1:YDC9YTxEzH0NPbXaqSwi1opp3+F2Ka3ZL/vIUa1Dv68=";
    return buildGo(this, "github.com/terraform-docs/terraform-docs", hash, directory);
  },
};

/**
 * Builds a module with the dependencies of its own go.sum.
 *
 * @param hash of its files, as go.sum has it
 * @throws Error when the module proxy serves other files
 */
async function buildGo({ name, version }: Tool, path: string, hash: string, directory: string): Promise<void> {
  // Not `go install`, which asks for all versions of the module: not every module proxy lists them.
  const module = `${path}@v${version}`;
  const { Dir, Sum } = JSON.parse(await run("go", ["mod", "download", "-json", module], { env: process.env }));
  if (Sum !== hash) throw new Error(`${module} was downloaded with hash ${Sum} in place of ${hash}.`);
  await run("go", ["build", "-C", Dir, "-mod=readonly", "-o", join(directory, name), "."], {
    env: { ...process.env, CGO_ENABLED: "0" },
  });
}

export const tools = { checkov, parliament, terraformDocs, tflint } as const;

const folderOf = ({ name, version }: Tool): string => `${name}-${version}`;

/** The command of a tool; undefined if it is not installed. */
export function installed(tool: Tool): [program: string, ...args: string[]] | undefined {
  const [program, ...args] = tool.command;
  const path = join(cacheDirectory, folderOf(tool), program);
  return existsSync(path) ? [path, ...args] : undefined;
}

export async function install(tool: Tool): Promise<void> {
  await cached(folderOf(tool), (directory) => tool.install(directory));
}
