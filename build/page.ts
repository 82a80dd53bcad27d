import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";

const ROOT = join(__dirname, "..");

const BUNDLING = {
  absWorkingDir: ROOT,
  entryPoints: ["local/page/browser/main.tsx"],
  outdir: "dist/page",
  bundle: true,
  write: false,
  platform: "browser",
  target: "es2022",
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  legalComments: "none",
  logLevel: "error",
} satisfies BuildOptions;

/** Bundles the local page: one script and one style sheet, which need nothing else. @throws Error for a source that is wrong */
export function bundlePage(): { js: string; css: string } {
  const { outputFiles } = buildSync(BUNDLING);
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { js: textOf(".js"), css: textOf(".css") };
}

if (require.main === module) process.stdout.write(JSON.stringify(bundlePage()));
