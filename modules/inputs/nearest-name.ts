import { camelCase } from "./schema";

/** A part of a name that is this short says too little about which name was meant. */
const SHORTEST_PART = 4;

/**
 * Returns the name that somebody meant who wrote another one: the one that differs in the fewest letters, in a third of them at
 * most, or else one that is a part of what was written, or has it as a part. Terraform's spelling is taken for that of props.
 *
 * @returns undefined when no name is near
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const given = camelCase(written).toLowerCase();
  const most = Math.max(1, Math.floor(given.length / 3));
  const [nearest] = names
    .map((name) => ({ name, letters: differentLetters(given, name.toLowerCase()) }))
    .filter(({ letters }) => letters <= most)
    .sort((a, b) => a.letters - b.letters);
  return nearest?.name ?? names.find((name) => isPart(given, name.toLowerCase()));
}

const isPart = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= SHORTEST_PART && (a.includes(b) || b.includes(a));

/** Levenshtein distance: letters to insert, delete or replace. */
function differentLetters(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...b].entries()) {
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
