import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ProcessError } from "../../tools/processes/process";
import { git } from "./git";
import { BRANCH, changesOf, commitOf, lastRelease, tagOf } from "./releases";

/** The commit of a release, which no branch and no tag refers to yet. */
export interface PreparedRelease {
  readonly commit: string;
  /** Points the branch and a new tag to the commit. */
  writeRefs(): void;
}

/** Files are taken byte for byte and no hook runs, whatever git's configuration on this machine says. */
const configuration = [
  "core.autocrlf=false",
  "core.fileMode=false",
  "core.attributesFile=/dev/null",
  "core.hooksPath=/dev/null",
].flatMap((setting) => ["-c", setting]);

/**
 * Builds the module of the commit that is checked out, and commits it after the last release. The same sources after the
 * same release give the same commit and tag: their time is that of the sources' commit.
 *
 * @throws ProcessError when the build or git fails
 */
export function prepareRelease(version: string): PreparedRelease {
  const source = git(["rev-parse", "HEAD"]);
  const time = git(["show", "--no-patch", "--no-show-signature", "--format=%cI", source]);
  const env = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  const last = lastRelease();
  const parents = last === undefined ? [] : ["-p", commitOf(last)];
  const [tag, changes] = [tagOf(version), changesOf(version, readFileSync("CHANGELOG.md", "utf8"))];

  const tree = buildTree(source);
  const commit = git(["commit-tree", tree, ...parents, "-m", tag, "-m", `Built-from: ${source}`], { env });
  return {
    commit,
    writeRefs() {
      git(["branch", "--force", BRANCH, commit]);
      git(["tag", "--annotate", "--no-sign", "--cleanup=whitespace", "-m", tag, "-m", changes, tag, commit], { env });
    },
  };
}

/** Builds in a worktree of its own, so that nothing uncommitted or ignored gets into the module. @returns the tree's id */
function buildTree(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  const worktree = join(folder, "worktree");
  try {
    git([...configuration, "worktree", "add", "--detach", worktree, source]);
    symlinkSync(resolve("node_modules"), join(worktree, "node_modules"));
    const { status } = spawnSync("npm", ["run", "--silent", "module"], {
      cwd: worktree,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new ProcessError("npm run module", `exit status ${status}`, "");

    const inModule = { cwd: join(worktree, "dist/module") };
    git(["read-tree", "--empty"], inModule);
    git([...configuration, "--work-tree=.", "add", "--all", "--force", "."], inModule);
    return git(["write-tree"], inModule);
  } finally {
    rmSync(folder, { recursive: true });
    git(["worktree", "prune"]);
  }
}
