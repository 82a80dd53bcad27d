import { execFile, execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { skippedUnless } from "../support/skipped";
import { installedPackages } from "./installed-packages";
import { copySources, filesOf, root } from "./sources";

jest.setTimeout(180_000);

const run = promisify(execFile);

const switched = ["@cdktf/provider-aws", "cdktf", "constructs"];

/** The command of docs/decisions/0010 that changes package.json. */
const decision = readFileSync(join(root, "docs/decisions/0010-cdk-terrain.md"), "utf8");
const switchCommand = /^npm pkg set .*$/m.exec(decision)![0];

const prepare = (folder: string) => {
  const manifest = join(folder, "package.json");
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const needed = Object.fromEntries(switched.map((name) => [name, devDependencies[name]]));
  writeFileSync(manifest, JSON.stringify({ devDependencies: needed }));
  execFileSync("sh", ["-c", switchCommand], { cwd: folder, stdio: "ignore" });
  const { cdktf, constructs } = JSON.parse(readFileSync(manifest, "utf8")).devDependencies;
  return `${cdktf}-constructs@${constructs}`.replace(":", "-");
};
const installed = process.env.NIGHTLY ? installedPackages(prepare) : undefined;

const needed = process.env.NIGHTLY ? "a reachable npm registry" : "NIGHTLY=1";
skippedUnless(installed, needed).describe("CDK Terrain in the place of cdktf", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cdk-terrain-"));
    await copySources(join(folder, "cdktf"));
    const replaced = new Map(switched.map((name) => [name, join(installed!, "node_modules", name)]));
    await copySources(join(folder, "cdk-terrain"), replaced);
    for (const copy of ["cdktf", "cdk-terrain"]) {
      const cwd = join(folder, copy);
      await run("npm", ["run", "--silent", "module"], { cwd });
      await run(process.execPath, ["node_modules/tsx/dist/cli.mjs", "main.ts"], { cwd });
    }
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The files below a folder of both copies, by their names. */
  async function outputs(of: string, read: (path: string) => Promise<unknown>): Promise<unknown[]> {
    const inCopy = async (copy: string) => {
      const directory = join(folder, copy, of);
      const names = (await filesOf(directory)).sort();
      return Promise.all(names.map(async (name) => [name, await read(join(directory, name))]));
    };
    return Promise.all([inCopy("cdktf"), inCopy("cdk-terrain")]);
  }

  it("emits the same registry module, byte for byte", async () => {
    const [before, after] = await outputs("dist/module", (path) => readFile(path, "base64"));
    expect(before).not.toEqual([]);
    expect(after).toEqual(before);
  });

  it("synthesizes the same stacks, but for its version, and the same assets", async () => {
    const [before, after] = await outputs("cdktf.out/stacks", async (path) =>
      path.endsWith(".json") ? withoutVersion(await readFile(path, "utf8")) : readFile(path, "base64"),
    );
    expect(before).not.toEqual([]);
    expect(after).toEqual(before);
  });
});

/** Without cdktf's own version: it stands in a comment, which Terraform does not read. */
function withoutVersion(json: string): unknown {
  const stack = JSON.parse(json);
  delete stack["//"].metadata.version;
  return stack;
}
