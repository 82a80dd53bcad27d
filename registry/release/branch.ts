import type { Git } from "./git";
import { lastRelease, tagOf } from "./version";

/** The branch of the emitted module: one commit for each release, nothing in common with the sources' branches. */
export const BRANCH = "module";

export const REMOTE = "origin";

export interface Release {
  readonly version: string;
  readonly commit: string;
}

/** The highest release, which the next one follows; undefined before the first. */
export function formerRelease(git: Git): Release | undefined {
  const tags = git(["for-each-ref", "--format=%(refname:strip=2)", "refs/tags"]).split("\n");
  const version = lastRelease(tags);
  return version === undefined
    ? undefined
    : { version, commit: git(["rev-parse", "--verify", `refs/tags/${tagOf(version)}^{commit}`]) };
}

/** The commit that the branch is at in this repository; a fresh clone has the tags only. */
export function branchTip(git: Git): string | undefined {
  return git(["for-each-ref", "--format=%(objectname)", `refs/heads/${BRANCH}`]) || undefined;
}
