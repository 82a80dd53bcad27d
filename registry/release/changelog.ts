/** The heading of a release in CHANGELOG.md; "Keep a Changelog" wants the date. */
export const headingOf = (version: string): string => `## ${version} - YYYY-MM-DD`;

/** What CHANGELOG.md says of a version, without its heading: "" when there is none, or nothing below it. */
export function changesOf(version: string, changelog: string): string {
  const heading = new RegExp(`^## ${version.replaceAll(".", "\\.")} - \\d{4}-\\d{2}-\\d{2}$`);
  const lines = changelog.split("\n");
  const start = lines.findIndex((line) => heading.test(line));
  if (start === -1) return "";
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith("## "));
  return lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .join("\n")
    .trim();
}
