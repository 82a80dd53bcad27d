import { git } from "./git";

/** The branch of the emitted module: a commit for each release, none in common with the branches of the sources. */
export const BRANCH = "module";

/** X.Y.Z: Terraform's `version` never selects a pre-release by a range, so there are none. */
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

const { compare } = new Intl.Collator("en", { numeric: true });

export const isVersion = (text: string): boolean => VERSION.test(text);

export const tagOf = (version: string): string => `v${version}`;

/** @param released undefined before the first release */
export const isAbove = (version: string, released: string | undefined): boolean =>
  released === undefined || compare(version, released) > 0;

/** The highest version that has a tag vX.Y.Z; undefined before the first release. */
export function lastRelease(): string | undefined {
  const versions = git(["tag", "--list", "v*"])
    .split("\n")
    .map((tag) => tag.slice(1));
  return versions.filter(isVersion).sort(compare).at(-1);
}

export const commitOf = (version: string): string => git(["rev-parse", `refs/tags/${tagOf(version)}^{commit}`]);

/** The commit of the branch in this repository; undefined in a fresh clone, which has the tags only. */
export const branchTip = (): string | undefined =>
  git(["for-each-ref", "--format=%(objectname)", `refs/heads/${BRANCH}`]) || undefined;

/** The section of a version in CHANGELOG.md, without its heading; "" if it is missing or empty. */
export function changesOf(version: string, changelog: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const heading = new RegExp(`^${version.replaceAll(".", "\\.")} - \\d{4}-\\d{2}-\\d{2}\n`);
  return (sections.find((section) => heading.test(section)) ?? "").replace(heading, "").trim();
}
