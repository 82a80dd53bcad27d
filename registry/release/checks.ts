import { readFileSync } from "node:fs";
import { UsageError } from "../../tools/usage/usage-error";
import { git } from "./git";
import { BRANCH, branchTip, changesOf, commitOf, isAbove, isVersion, lastRelease, tagOf } from "./releases";

export const REMOTE = "origin";

/**
 * Checks that what is checked out can be released.
 *
 * @throws UsageError listing why not
 */
export function checkRelease(version: string, push: boolean): void {
  const errors = [
    ...(isVersion(version)
      ? [...versionErrors(version), ...declarationErrors(version)]
      : [`${JSON.stringify(version)} is not a version. Allowed: X.Y.Z, such as 1.4.0.`]),
    ...repositoryErrors(),
    ...(push && !git(["remote"]).split("\n").includes(REMOTE) ? [`There is no remote ${REMOTE} to push to.`] : []),
  ];
  if (errors.length > 0) throw new UsageError(errors);
}

function versionErrors(version: string): string[] {
  const last = lastRelease();
  return isAbove(version, last) ? [] : [`${version} is not above the last release, ${last}.`];
}

function declarationErrors(version: string): string[] {
  const declared = JSON.parse(readFileSync("package.json", "utf8")).version;
  return [
    ...(declared === version
      ? []
      : [`package.json has version ${declared}. Run: npm version --no-git-tag-version ${version}`]),
    ...(changesOf(version, readFileSync("CHANGELOG.md", "utf8")) === ""
      ? [`CHANGELOG.md has no text below a heading "## ${version} - YYYY-MM-DD".`]
      : []),
  ];
}

function repositoryErrors(): string[] {
  const changes = git(["status", "--porcelain", "--untracked-files=normal"]);
  const last = lastRelease();
  const tip = branchTip();
  const expected = last === undefined ? "although nothing was released" : `not at ${tagOf(last)}`;
  const isContinued = tip === undefined || (last !== undefined && tip === commitOf(last));
  return [
    ...(changes === ""
      ? []
      : [`The working tree is not clean. Commit or remove:\n  ${changes.replaceAll("\n", "\n  ")}`]),
    ...(isContinued ? [] : [`Branch ${BRANCH} is at ${tip}, ${expected}.`]),
  ];
}
