const ASSIGNMENT = /^("[^"]*"|[\w.-]+) = /;

/** `name = value`, as in a body or an object. */
export const isAssignment = (text: string): boolean => ASSIGNMENT.test(text);

/** For `terraform fmt` a heredoc is a value on one line. */
const HEREDOC = /^\w+ = <</;

/** Pads the names of neighbouring one-line `name = value` lines to one width. */
export function alignColumns(entries: readonly string[]): string[] {
  const isAligned = (entry: string | undefined) =>
    entry !== undefined && isAssignment(entry) && (!entry.includes("\n") || HEREDOC.test(entry));
  const widthAt = (index: number): number => {
    let [start, end] = [index, index];
    while (isAligned(entries[start - 1])) start--;
    while (isAligned(entries[end + 1])) end++;
    return Math.max(...entries.slice(start, end + 1).map((entry) => ASSIGNMENT.exec(entry)![1]!.length));
  };
  return entries.map((entry, index) =>
    isAligned(entry) ? entry.replace(ASSIGNMENT, (_, found: string) => `${found.padEnd(widthAt(index))} = `) : entry,
  );
}
