/** How much of a name may differ, so that it is taken for a slip of another one: one letter of three. */
const LETTERS_PER_SLIP = 3;

/**
 * Returns the given names that are none of the allowed ones, with the allowed one that was probably meant.
 *
 * @param options of whose names those with a value count
 */
export function unknownNames(options: object, allowed: readonly string[]): { name: string; nearest?: string }[] {
  return Object.entries(options)
    .filter(([name, value]) => value !== undefined && !allowed.includes(name))
    .map(([name]) => ({ name, ...nearestOf(name, allowed) }));
}

function nearestOf(name: string, allowed: readonly string[]): { nearest?: string } {
  const given = lettersOf(name);
  const [best] = allowed
    .map((nearest) => ({ nearest, slips: slipsBetween(given, lettersOf(nearest)) }))
    .sort((a, b) => a.slips - b.slips);
  return best && best.slips * LETTERS_PER_SLIP <= given.length ? { nearest: best.nearest } : {};
}

/** `buffer_seconds` is `bufferSeconds`, as in Python. */
const lettersOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .slice(0, 40);

/** The Levenshtein distance: letters to add, to leave out or to replace. */
function slipsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
