import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { LogArchive, LoggingPipeline } from "../../modules";
import { zipOf } from "../support/function-zip";
import { copySources, filesOf, link, root } from "./sources";

jest.setTimeout(180_000);

const run = promisify(execFile);

const peers = ["@cdktf/provider-aws", "cdktf", "constructs"];
const dependencies = ["re2js"];
const app = `
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { LogArchive, LoggingPipeline, LoggingPipelineError, type LoggingPipelineProps } from "terraform-aws-logging-pipeline";

class Shop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws");
    new LocalBackend(this, { path: "terraform.tfstate" });
    const rules = [{ action: "drop", field: "url.path", pattern: "^/health" }];
    const props: LoggingPipelineProps = { name: "shop", logGroups: { foo: { shards: 1, rules }, "/app/checkout": {} } };
    const pipeline = new LoggingPipeline(this, "logs", props);
    new LogArchive(this, "archive", { name: "shop" });
    new TerraformOutput(this, "functions", { value: pipeline.outputs.functionNames });
  }
}

// @ts-expect-error the types know that a log group has no such property
const misspelt: LoggingPipelineProps = { logGroups: { foo: { shard: 1 } } };
try {
  new LoggingPipeline(new TerraformStack(new App(), "rejected"), "logs", misspelt);
} catch (error) {
  if (!(error instanceof LoggingPipelineError)) throw error;
  console.log(error.message);
}

const app = new App();
new Shop(app, "shop");
app.synth();
`;

let folder: string;
let installed: string;
let printed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packaging-"));
  const tarball = await pack(join(folder, "repository"));
  installed = join(folder, "app/node_modules/terraform-aws-logging-pipeline");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  printed = await synthesize(join(folder, "app"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** From a copy of the sources, because packing builds into them. */
async function pack(copy: string): Promise<string> {
  await copySources(copy);
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: copy });
  return join(folder, stdout.trim().split("\n").at(-1)!);
}

/** Type-checks, compiles and runs an app that has the package, its dependency and its peers, and nothing else. */
async function synthesize(directory: string): Promise<string> {
  for (const name of [...peers, ...dependencies, "@types/node"]) {
    await link(join(root, "node_modules", name), join(directory, "node_modules", name));
  }
  await writeFile(join(directory, "main.ts"), app);
  const compilerOptions = { strict: true, target: "ES2022", skipLibCheck: true, types: ["node"] };
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
  await compile(directory, "--module", "commonjs", "--moduleResolution", "node10");
  const { stdout } = await run(process.execPath, ["main.js"], {
    cwd: directory,
    env: { ...process.env, CDKTF_OUTDIR: join(directory, "out") },
  });
  return stdout;
}

/** @throws Error with the errors of the compiler */
async function compile(directory: string, ...options: string[]): Promise<void> {
  const command = [join(root, "node_modules/typescript/bin/tsc"), "--project", directory, ...options];
  await run(process.execPath, command, { cwd: directory }).catch(({ stdout }) => {
    throw new Error(stdout);
  });
}

describe("the npm package", () => {
  it("holds the compiled constructs, what they import of core, their types and the functions' zips, and nothing else", async () => {
    const files = await filesOf(installed);
    const library = files.filter((file) => file.startsWith("lib/"));
    expect(files.filter((file) => !library.includes(file)).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    const sources = await filesOf(join(root, "modules"));
    const constructs = sources.flatMap((file) =>
      [".js", ".d.ts"].map((end) => `lib/modules/${file.replace(/\.ts$/, end)}`),
    );
    const declarations = library.filter((file) => /^lib\/core\/(settings\/|metrics\/|patterns\/|errors\.)/.test(file));
    expect(declarations).toContain("lib/core/settings/environment.js");
    const zips = ["forwarder", "index-cleanup", "archive-compaction", "audit", "access-logs", "firehose-transform"].map(
      (name) => `lib/dist/functions/${name}.zip`,
    );
    expect(library.sort()).toEqual([...constructs, ...declarations, ...zips].sort());
  });

  it("brings what compiles patterns, and no other dependency: what an app has anyway is a peer", async () => {
    const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    expect(Object.keys(manifest.dependencies)).toEqual(dependencies);
    expect(Object.keys(manifest.peerDependencies)).toEqual(peers);
  });
});

describe("an app that installed the npm package", () => {
  it("synthesizes the same stack as the sources", async () => {
    const outdir = join(folder, "from-sources");
    const fromSources = new App({ outdir });
    const shop = new TerraformStack(fromSources, "shop");
    new AwsProvider(shop, "aws");
    new LocalBackend(shop, { path: "terraform.tfstate" });
    const pipeline = new LoggingPipeline(shop, "logs", {
      name: "shop",
      logGroups: {
        foo: { shards: 1, rules: [{ action: "drop", field: "url.path", pattern: "^/health" }] },
        "/app/checkout": {},
      },
    });
    new LogArchive(shop, "archive", { name: "shop" });
    new TerraformOutput(shop, "functions", { value: pipeline.outputs.functionNames });
    fromSources.synth();

    const stackIn = (directory: string) => readFile(join(directory, "stacks/shop/cdk.tf.json"), "utf8");
    expect(await stackIn(join(folder, "app/out"))).toBe(await stackIn(outdir));
  });

  it("has the types however it resolves modules", async () => {
    await compile(join(folder, "app"), "--noEmit", "--module", "node16");
    await compile(join(folder, "app"), "--noEmit", "--module", "preserve", "--moduleResolution", "bundler");
  });

  it("gets the forwarder that this repository builds", async () => {
    const assets = join(folder, "app/out/stacks/shop/assets");
    const [zip] = (await filesOf(assets)).filter((file) => file.endsWith("forwarder.zip"));
    expect(zipOf("forwarder").equals(await readFile(join(assets, zip!)))).toBe(true);
  });

  it("gets an error that lists its invalid values", () => {
    expect(printed).toContain('logGroups["foo"].shard: there is no such input');
  });
});
