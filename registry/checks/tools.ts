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
  async install(directory) {
    await run("python3", ["-m", "venv", directory], { env: process.env });
    const pip = ["-m", "pip", "install", "--no-cache-dir", "--disable-pip-version-check", `checkov==${this.version}`];
    await run(join(directory, "bin/python"), pip, { env: process.env });
  },
};

const tflint: Tool = {
  name: "tflint",
  version: "0.64.0",
  command: ["tflint"],
  async install(directory) {
    const source = `github.com/terraform-linters/tflint@v${this.version}`;
    await run("go", ["install", source], { env: { ...process.env, GOBIN: directory, CGO_ENABLED: "0" } });
  },
};

const terraformDocs: Tool = {
  name: "terraform-docs",
  version: "0.19.0",
  command: ["terraform-docs"],
  async install(directory) {
    // Not `go install`, which asks for all versions of the module: not every module proxy lists them.
    const module = `github.com/terraform-docs/terraform-docs@v${this.version}`;
    const { Dir: source } = JSON.parse(await run("go", ["mod", "download", "-json", module], { env: process.env }));
    await run("go", ["build", "-C", source, "-o", join(directory, "terraform-docs"), "."], {
      env: { ...process.env, CGO_ENABLED: "0" },
    });
  },
};

export const tools = { checkov, terraformDocs, tflint } as const;

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
