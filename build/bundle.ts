import { join } from "node:path";
import { Script } from "node:vm";
import { type BuildOptions, buildSync, type Metafile, transformSync } from "esbuild";
import { withShortNames } from "./short-names";
import { withoutDocs } from "./without-docs";

const ROOT = join(__dirname, "..");

/**
 * Packages that a function requires only if its settings need them. Each is a file of its own in the zip, so that the cold start of
 * all other functions does not read it.
 */
const PACKAGES_APART = ["re2js"];

/** Modules of core that it requires in the same way, by what they are required as: at the root of the zip, too. */
const MODULES_APART: Readonly<Record<string, string>> = {
  "./credentials/authorized": "core/http/credentials/authorized.ts",
  "./aggregates/user-records": "core/sources/kinesis/aggregates/user-records.ts",
};

/** Options that bundle a function into one CommonJS file for the Lambda runtime. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  // By a pattern, which is compared with what is written, and not with where it lies.
  external: [...PACKAGES_APART, ...Object.keys(MODULES_APART).map((path) => path.replace(".", "*"))],
  // Module names are in the bundle: they must not depend on where node_modules really lies.
  preserveSymlinks: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
} satisfies BuildOptions;

/**
 * Shortens a bundle's names. Functions and classes at its root keep theirs in stack traces, and pay nothing for them when they are made.
 * What only docs read is left out.
 *
 * @throws SyntaxError if that breaks the code
 */
export function shortened(code: Uint8Array): Uint8Array {
  const { platform, target, minifySyntax, minifyWhitespace, legalComments } = BUNDLING;
  const options = { platform, target, minifySyntax, minifyWhitespace, legalComments };
  // Without a `format` esbuild takes the root's names for everybody's.
  const { code: short } = transformSync(code, { ...options, minifyIdentifiers: true });
  const shortest = withShortNames(withoutDocs(short));
  // Not to be found out in Lambda.
  new Script(shortest);
  return Buffer.from(shortest);
}

export interface Bundle {
  contents: Uint8Array;
  /** The packages and modules that it requires when it needs them, by their paths in the zip. */
  packages: Record<string, Uint8Array>;
  /** Bytes that each source file takes in it before its names are short, by path. */
  bytesOf: Record<string, number>;
}

/** Returns the path of a function's source file, from the repository's root. */
export const entryPointOf = (name: string): string => `functions/${name}/index.ts`;

/** Bundles functions/<name>/index.ts. */
export function bundle(name: string): Bundle {
  const entryPoints = [entryPointOf(name)];
  const { outputFiles, metafile } = buildSync({ ...BUNDLING, entryPoints, metafile: true });
  const { inputs } = onlyOutput(metafile);
  const bytesOf = Object.fromEntries(Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
  return { contents: shortened(outputFiles[0]!.contents), packages: packagesApart(ROOT, metafile), bytesOf };
}

/**
 * Bundles the packages and modules that a function requires but that are not part of its bundle.
 *
 * @param root the repository's, with node_modules/
 */
export function packagesApart(root: string, metafile: Metafile): Record<string, Uint8Array> {
  const required = new Set(onlyOutput(metafile).imports.map(({ path }) => path));
  const packages = PACKAGES_APART.map((name) => [name, name, `node_modules/${name}/index.js`] as const);
  const modules = Object.entries(MODULES_APART).map(([path, source]) => [path, source, `${path.slice(2)}.js`] as const);
  const files = [...packages, ...modules]
    .filter(([path]) => required.has(path))
    .map(([, entryPoint, file]) => {
      const { outputFiles } = buildSync({ ...BUNDLING, absWorkingDir: root, entryPoints: [entryPoint], external: [] });
      const code = outputFiles[0]!.contents;
      return [file, file.startsWith("node_modules/") ? code : shortened(code)];
    });
  return Object.fromEntries(files);
}

const onlyOutput = ({ outputs }: Metafile) => Object.values(outputs)[0]!;
