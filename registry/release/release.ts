import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BRANCH, branchTip, formerRelease } from "./branch";
import { changesOf } from "./changelog";
import type { Git } from "./git";
import { storeTree } from "./tree";
import { tagOf } from "./version";

/** A release whose commit and tag are in git's object database, but which no branch and no tag leads to yet. */
export interface Prepared {
  readonly commit: string;
  /** The files that differ from the former release, listed as by `git diff --stat`. */
  readonly changes: string;
  /** Makes tag and branch lead to it: both or, when one cannot be moved, neither. */
  writeRefs(): void;
}

/** Thrown when an npm script fails; its output has been shown. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Runs the npm scripts that make dist/module/ of what is checked out. @throws BuildError */
export function buildModule(root: string): void {
  for (const script of ["build", "module"]) {
    const { status } = spawnSync("npm", ["run", "--silent", script], { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new BuildError(`npm run ${script} failed`);
  }
}

/**
 * Makes a commit and a tag of dist/module/. The same sources after the same release give the same commit: its time is
 * that of the sources' commit.
 */
export function prepareRelease(git: Git, root: string, version: string): Prepared {
  const source = git(["rev-parse", "HEAD"]);
  const time = git(["show", "--no-patch", "--no-show-signature", "--format=%cI", source]);
  const env = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  const name = tagOf(version);
  const former = formerRelease(git)?.commit;

  const tree = storeTree(git, join(root, "dist/module"));
  const parents = former === undefined ? [] : ["-p", former];
  const commit = git(["commit-tree", tree, ...parents], { input: `${name}\n\nBuilt-from: ${source}\n`, env });
  const changelog = changesOf(version, readFileSync(join(root, "CHANGELOG.md"), "utf8"));
  const tagger = git(["var", "GIT_COMMITTER_IDENT"], { env });
  const tag = git(["mktag"], {
    input: `object ${commit}\ntype commit\ntag ${name}\ntagger ${tagger}\n\n${name}\n\n${changelog}\n`,
  });
  const emptyTree = git(["hash-object", "-t", "tree", "--stdin"]);
  return {
    commit,
    changes: git(["diff-tree", "-r", "--stat=120", former ?? emptyTree, commit]),
    writeRefs() {
      const tip = branchTip(git);
      const move =
        tip === undefined ? `create refs/heads/${BRANCH} ${commit}` : `update refs/heads/${BRANCH} ${commit} ${tip}`;
      const input = ["start", `create refs/tags/${name} ${tag}`, move, "prepare", "commit", ""].join("\n");
      git(["update-ref", "--stdin", "-m", `release: ${name}`], { input });
    },
  };
}
