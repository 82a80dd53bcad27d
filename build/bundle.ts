import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";

const ROOT = join(__dirname, "..");

/** Options that bundle a function into one CommonJS file for the Lambda runtime. */
export const BUNDLING = {
  absWorkingDir: ROOT,
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
} satisfies BuildOptions;

export interface Bundle {
  contents: Uint8Array;
  /** Bytes that each source file takes in it, by path. */
  bytesOf: Record<string, number>;
}

/** Returns the path of a function's source file, from the repository's root. */
export const entryPointOf = (name: string): string => `functions/${name}/index.ts`;

/** Bundles functions/<name>/index.ts. */
export function bundle(name: string): Bundle {
  const entryPoints = [entryPointOf(name)];
  const { outputFiles, metafile } = buildSync({ ...BUNDLING, entryPoints, metafile: true });
  const [{ inputs }] = Object.values(metafile.outputs) as [(typeof metafile.outputs)[string]];
  const bytesOf = Object.fromEntries(Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
  return { contents: outputFiles[0]!.contents, bytesOf };
}
