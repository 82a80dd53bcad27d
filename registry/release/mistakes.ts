import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BRANCH, branchTip, formerRelease, REMOTE } from "./branch";
import { changesOf, headingOf } from "./changelog";
import { type Git, GitError } from "./git";
import { compareVersions, isVersion, tagOf } from "./version";

/** Thrown before anything is built; the message lists every mistake. */
export class MistakesError extends Error {
  override readonly name = "MistakesError";

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.map((mistake) => `- ${mistake}`).join("\n"));
  }
}

/**
 * Looks for all that forbids to release what is checked out.
 *
 * @throws MistakesError if there is anything
 */
export function refuseMistakes(git: Git, root: string, version: string, push: boolean): void {
  const mistakes = [
    ...(isVersion(version)
      ? [...notNew(git, version), ...notDeclared(root, version)]
      : [`${JSON.stringify(version)} is no version. Allowed: X.Y.Z, such as 1.4.0.`]),
    ...notCommitted(git),
    ...notAtRelease(git),
    ...noIdentity(git),
    ...(push && !git(["remote"]).split("\n").includes(REMOTE) ? [`There is no remote ${REMOTE} to push to.`] : []),
  ];
  if (mistakes.length > 0) throw new MistakesError(mistakes);
}

function notNew(git: Git, version: string): string[] {
  const last = formerRelease(git)?.version;
  return last !== undefined && compareVersions(version, last) <= 0
    ? [`${version} is not above the last release, ${last}.`]
    : [];
}

function notDeclared(root: string, version: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  return [
    ...(manifest.version === version
      ? []
      : [`package.json has version ${manifest.version}: npm version --no-git-tag-version ${version}`]),
    ...(changesOf(version, changelog) === ""
      ? [`CHANGELOG.md says nothing below a heading "${headingOf(version)}".`]
      : []),
  ];
}

function notCommitted(git: Git): string[] {
  const changes = git(["status", "--porcelain", "--untracked-files=normal"]);
  return changes === ""
    ? []
    : [`The working tree is not clean. Commit or remove:\n  ${changes.replaceAll("\n", "\n  ")}`];
}

function notAtRelease(git: Git): string[] {
  const tip = branchTip(git);
  const former = formerRelease(git);
  const expected = former === undefined ? "though nothing was released" : `not at ${tagOf(former.version)}`;
  return tip === undefined || tip === former?.commit ? [] : [`Branch ${BRANCH} is at ${tip}, ${expected}.`];
}

function noIdentity(git: Git): string[] {
  try {
    git(["var", "GIT_COMMITTER_IDENT"]);
    return [];
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return ["git does not know who you are: git config user.name and user.email."];
  }
}
