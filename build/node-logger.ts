import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { packNpm } from "./npm-package";

const ROOT = join(__dirname, "..");
const SOURCES = join(ROOT, "packages/node-logger");

/** The entry points and the names that each exports. Transports use the code of `index`, so that a program has it once. */
const ENTRIES = {
  index: ["FirehoseLogger", "KinesisLogger", "LoggerOptionsError", "flushAll", "flushing", "lineSink"],
  pino: ["default", "pinoDestination"],
  winston: ["WinstonTransport"],
} as const;

/**
 * Builds the npm package of the Node.js logger into `folder`, and packs it beside: CommonJS by esbuild, a thin ES module around each
 * entry point, so that a program that uses both has one copy, and types by tsc.
 *
 * @returns the path of the tarball
 */
export function buildNodeLogger(folder: string): string {
  const dist = join(folder, "dist");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  for (const [name, exported] of Object.entries(ENTRIES)) {
    bundleEntry(name, join(dist, `${name}.js`));
    writeFileSync(join(dist, `${name}.mjs`), esModule(name, exported));
    writeFileSync(join(dist, `${name}.d.mts`), moduleTypes(name, exported));
  }
  writeTypes(dist);
  for (const file of ["package.json", "README.md", "LICENSE"]) copyFileSync(join(SOURCES, file), join(folder, file));
  return packNpm(folder);
}

function bundleEntry(name: string, outfile: string): void {
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`packages/node-logger/src/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    external: name === "index" ? [] : ["./index"],
    logLevel: "warning",
  });
}

function esModule(name: string, exported: readonly string[]): string {
  const names = exported.filter((one) => one !== "default").join(", ");
  const byDefault = exported.includes("default") ? "export default entry.default;\n" : "";
  return `import entry from "./${name}.js";\n\nexport const { ${names} } = entry;\n${byDefault}`;
}

function moduleTypes(name: string, exported: readonly string[]): string {
  const byDefault = exported.includes("default") ? `export { default } from "./${name}.js";\n` : "";
  return `export * from "./${name}.js";\n${byDefault}`;
}

function writeTypes(dist: string): void {
  const types = join(dist, "types");
  execFileSync(process.execPath, [
    join(ROOT, "node_modules/typescript/bin/tsc"),
    ...["--project", SOURCES, "--outDir", types],
  ]);
  cpSync(join(types, "packages/node-logger/src"), dist, { recursive: true });
  rmSync(types, { recursive: true });
}
