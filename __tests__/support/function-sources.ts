import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** What esbuild reads to bundle a function. */
const SOURCES = [
  "core",
  "functions",
  // What functions/audit compares by.
  ...["archive", "audit", "replay", "tools"],
  "tsconfig.json",
  "node_modules/aws4",
  "node_modules/@bufbuild",
  "node_modules/re2js",
];

/** Copies the functions' sources, and `more` of the repository, to a folder of their own. @returns that folder */
export function copyFunctionSources(...more: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  for (const path of [...SOURCES, ...more]) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  return folder;
}
