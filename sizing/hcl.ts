/** Prints arguments as `terraform fmt` leaves them. @param values numbers, texts without quotes, and objects of them */
export function hclArguments(values: Readonly<Record<string, unknown>>, indent = ""): string {
  const entries = Object.entries(values);
  return entries
    .map(([name, value], i) => {
      if (typeof value === "object" && value !== null) {
        const inside = hclArguments(value as Record<string, unknown>, `${indent}  `);
        return `${indent}${name} = {\n${inside}\n${indent}}`;
      }
      return `${indent}${name.padEnd(widthAround(entries, i))} = ${JSON.stringify(value)}`;
    })
    .join("\n");
}

/** `terraform fmt` aligns the equals signs of lines that follow one another. */
function widthAround(entries: readonly (readonly [string, unknown])[], i: number): number {
  const isOneLine = (at: number) => at >= 0 && at < entries.length && typeof entries[at]![1] !== "object";
  let [from, to] = [i, i];
  while (isOneLine(from - 1)) from--;
  while (isOneLine(to + 1)) to++;
  return Math.max(...entries.slice(from, to + 1).map(([name]) => name.length));
}
