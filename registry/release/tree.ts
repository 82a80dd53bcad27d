import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Git } from "./git";

/**
 * Stores the files of a folder in git's object database, as they are: no ignore rule, no filter and no file mode of
 * this machine has a say, and neither the working tree nor its index is touched.
 *
 * @returns the id of the tree
 */
export function storeTree(git: Git, folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const ids = git(["hash-object", "-w", "--no-filters", "--stdin-paths"], { input: `${files.join("\n")}\n` }).split(
    "\n",
  );
  const entries = files.map((file, index) => `100644 ${ids[index]}\t${relative(folder, file)}\0`);

  const temporary = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const env = { GIT_INDEX_FILE: join(temporary, "index") };
    git(["update-index", "-z", "--index-info"], { input: entries.join(""), env });
    return git(["write-tree"], { env });
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
