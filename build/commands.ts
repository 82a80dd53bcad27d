import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { manifestOf, packNpm } from "./npm-package";
import { thirdPartyNotices } from "./third-party-notices";

const ROOT = join(__dirname, "..");
const SOURCES = join(ROOT, "packages/commands");

/** What `setup` applies: a person who has only the package cannot synthesize it. */
const STACK = "stacks/firehose-s3/cdk.tf.json";

/**
 * Builds the npm package of the commands into `folder`, and packs it beside: one file of JavaScript, which has all that it needs,
 * so that nothing else is installed. Its version is the repository's.
 *
 * @returns the path of the tarball
 */
export function buildCommands(folder: string): string {
  const dist = join(folder, "dist");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(dist, STACK, ".."), { recursive: true });
  const manifest = { ...manifestOf(SOURCES), version: manifestOf(ROOT).version };
  const options = bundling(manifest.name, join(dist, "cli.js"));
  const { metafile } = buildSync({ ...options, metafile: true });
  writeFileSync(join(dist, "THIRD-PARTY-NOTICES"), thirdPartyNotices(ROOT, metafile));
  copyFileSync(join(ROOT, "tools/processes/reaper-process.cjs"), join(dist, "reaper-process.cjs"));
  synthesizeInto(dist);
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  for (const file of ["README.md", "LICENSE"]) copyFileSync(join(SOURCES, file), join(folder, file));
  return packNpm(folder);
}

const bundling = (packageName: string, outfile: string): BuildOptions => ({
  absWorkingDir: ROOT,
  entryPoints: ["packages/commands/src/cli.ts"],
  outfile,
  bundle: true,
  // Programs of 68 MB for each platform: query/sql says how it is installed.
  external: ["@duckdb/node-api"],
  platform: "node",
  target: "node20",
  format: "cjs",
  define: { COMMANDS_PACKAGE: JSON.stringify(packageName) },
  banner: { js: "#!/usr/bin/env node" },
  minify: true,
  // Of errors, which are printed.
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
});

function synthesizeInto(dist: string): void {
  // Other stacks of the app need them.
  if (!existsSync(join(ROOT, "dist/functions/forwarder.zip"))) tsx("build/functions.ts");
  const synthesized = mkdtempSync(join(tmpdir(), "synthesized-"));
  try {
    tsx("main.ts", { CDKTF_OUTDIR: synthesized });
    copyFileSync(join(synthesized, STACK), join(dist, STACK));
  } finally {
    rmSync(synthesized, { recursive: true });
  }
}

function tsx(script: string, variables: NodeJS.ProcessEnv = {}): void {
  execFileSync(process.execPath, ["--import", "tsx", script], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...variables },
  });
}
