import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BRANCH, branchTip, formerRelease } from "./branch";
import { buildTree } from "./build";
import { changesOf } from "./changelog";
import type { Git } from "./git";
import { tagOf } from "./version";

/** A release whose commit and tag are in git's object database, but which no branch and no tag leads to yet. */
export interface Prepared {
  readonly commit: string;
  /** The files that differ from the former release, listed as by `git diff --stat`. */
  readonly changes: string;
  /** Makes tag and branch lead to it: both or, when one cannot be moved, neither. */
  writeRefs(): void;
}

/**
 * Builds the module of what is checked out, and makes a commit and a tag of it. The same sources after the same release
 * give the same commit: its time is that of the sources' commit.
 *
 * @throws BuildError when the module cannot be built
 */
export function prepareRelease(git: Git, root: string, version: string): Prepared {
  const source = git(["rev-parse", "HEAD"]);
  const time = git(["show", "--no-patch", "--no-show-signature", "--format=%cI", source]);
  const env = { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  const name = tagOf(version);
  const former = formerRelease(git)?.commit;

  const tree = buildTree(git, root, source);
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
