/** A part of a layout, and what may follow it. */
export interface LayoutPart {
  /** With the flag `y`. Its end is the first that it finds: no part is tried again because what follows it does not fit. */
  readonly pattern: RegExp;
  /** The columns of its groups; undefined: nobody needs what a group has matched. */
  readonly columns: readonly (number | undefined)[];
  /** The first that fits is taken, and one has to. Empty: the layout ends here. */
  readonly next: readonly LayoutPart[];
}

/** The texts of a line by their columns; undefined: the line's layout has no such text. */
export type LayoutTexts = (string | undefined)[];

/**
 * Matches a text with the first of some layouts that fits.
 *
 * @param texts gets what the groups have matched
 * @returns the offset behind the layout; undefined: none fits
 */
export function matchLayout(
  parts: readonly LayoutPart[],
  text: string,
  texts: LayoutTexts,
  from = 0,
): number | undefined {
  for (const { pattern, columns, next } of parts) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = from + match[0].length;
    const last = next.length === 0 ? end : matchLayout(next, text, texts, end);
    if (last === undefined) continue;
    for (const [i, column] of columns.entries()) if (column !== undefined) texts[column] = match[i + 1];
    return last;
  }
  return undefined;
}
