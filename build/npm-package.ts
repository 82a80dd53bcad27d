import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The package.json of a folder. */
export const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Packs the npm package in `folder`, beside it. @returns the path of the tarball */
export function packNpm(folder: string): string {
  const output = execFileSync("npm", ["pack", "--json", "--pack-destination", ".."], { cwd: folder, encoding: "utf8" });
  const [tarball] = JSON.parse(output) as [{ filename: string }];
  return join(folder, "..", tarball.filename);
}
