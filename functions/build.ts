import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";

const ROOT = join(__dirname, "..");
const OUTPUT = join(ROOT, "dist", "functions");

/** The local time that every zip's DOS date field starts at; built from local parts, so it is the same in any time zone. */
const MTIME = new Date(1980, 0, 1);

/** Bundles functions/<name>/index.ts into one CommonJS file for the Lambda runtime. */
function bundle(name: string): Uint8Array {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`functions/${name}/index.ts`],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Module names are in the bundle: they must not depend on where node_modules really lies.
    preserveSymlinks: true,
    // Identifiers stay, for stack traces.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]!.contents;
}

/** Zips the bundle; fflate deflates in JavaScript, so the bytes do not depend on the machine's zlib. */
function zip(bundled: Uint8Array): Uint8Array {
  const unixRegularFile644 = 0o100644 << 16;
  return zipSync({ "index.js": [bundled, { level: 9, mtime: MTIME, os: 3, attrs: unixRegularFile644 }] });
}

mkdirSync(OUTPUT, { recursive: true });
for (const entry of readdirSync(__dirname, { withFileTypes: true })) {
  if (entry.isDirectory() && entry.name !== "shared") {
    writeFileSync(join(OUTPUT, `${entry.name}.zip`), zip(bundle(entry.name)));
  }
}
