import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Git } from "./git";

/** Thrown when an npm script fails; what it had to say has been shown. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/**
 * Builds the module of a commit, and stores it in git's object database. It is built in a folder of its own, so that
 * nothing else of the working tree gets into it, such as the ignored state of an example that was tried.
 *
 * @param root of a working tree, which lends its node_modules
 * @param source the commit
 * @returns the id of the tree
 * @throws BuildError when the module cannot be built
 */
export function buildTree(git: Git, root: string, source: string): string {
  const temporary = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const sources = join(temporary, "sources");
    mkdirSync(sources);
    const env = { GIT_INDEX_FILE: join(temporary, "index-of-sources") };
    git(["read-tree", source], { env });
    git(["checkout-index", "--all", `--prefix=${sources}/`], { env });
    symlinkSync(join(root, "node_modules"), join(sources, "node_modules"));

    const { status } = spawnSync("npm", ["run", "--silent", "module"], {
      cwd: sources,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new BuildError("npm run module failed");
    return storeTree(git, join(sources, "dist/module"), join(temporary, "index-of-module"));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** Stores files as they are: no ignore rule, no filter and no file mode of this machine has a say. */
function storeTree(git: Git, folder: string, index: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const ids = git(["hash-object", "-w", "--no-filters", "--stdin-paths"], { input: `${files.join("\n")}\n` }).split(
    "\n",
  );
  const entries = files.map((file, position) => `100644 ${ids[position]}\t${relative(folder, file)}\0`);
  const env = { GIT_INDEX_FILE: index };
  git(["update-index", "-z", "--index-info"], { input: entries.join(""), env });
  return git(["write-tree"], { env });
}
