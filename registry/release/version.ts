const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Whether it is X.Y.Z: pre-releases are not published, because Terraform's `version` never picks one by a range. */
export const isVersion = (text: string): boolean => VERSION.test(text);

export const tagOf = (version: string): string => `v${version}`;

/** The highest version that has a tag vX.Y.Z. @param tags of any form */
export function lastRelease(tags: readonly string[]): string | undefined {
  return tags
    .filter((tag) => tag.startsWith("v") && isVersion(tag.slice(1)))
    .map((tag) => tag.slice(1))
    .sort(compareVersions)
    .at(-1);
}

/** Negative when `a` comes before `b`. */
export function compareVersions(a: string, b: string): number {
  const numbersOfB = b.split(".").map(Number);
  const differences = a.split(".").map((number, index) => Number(number) - numbersOfB[index]!);
  return differences.find((difference) => difference !== 0) ?? 0;
}
