import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./sources";

/**
 * Lets npm install packages into the cache, once.
 *
 * @param prepare writes a package.json into a folder, and names the folder by what it has
 * @returns the folder that has them in node_modules/; undefined when npm reaches no registry
 * @throws Error when npm cannot install them
 */
export function installedPackages(prepare: (folder: string) => string): string | undefined {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, "packages-"));
  try {
    const installed = join(cache, prepare(temporary));
    if (existsSync(installed)) return installed;

    const install = ["install", "--ignore-scripts", "--prefer-offline", "--fetch-retries=0"];
    const { status, stderr } = spawnSync("npm", install, { cwd: temporary, encoding: "utf8" });
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(stderr)) return undefined;
    if (status !== 0) throw new Error(stderr);
    renameSync(temporary, installed);
    return installed;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
