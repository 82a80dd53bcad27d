import { differencesOf, excerpt } from "./difference";

/** Maximum number of elements that are reported, and of places of each. */
const MOST_ELEMENTS = 5;
const MOST_PLACES = 3;

/**
 * Expects the same elements, values of JSON, in collections of hundreds: what fails says how many differ, and of the
 * first few where.
 *
 * @param keyOf identifies an element; with it the order does not matter. @default the place
 * @throws Error when they differ
 */
export function expectSameElements<T>(
  actual: readonly T[],
  expected: readonly T[],
  keyOf: (element: T, place: number) => string = (_, place) => `[${place}]`,
): void {
  const found = byKey(actual, keyOf);
  const wanted = byKey(expected, keyOf);
  const counts = { missing: 0, unexpected: 0, different: 0 };
  const lines: string[] = [];
  const report = (kind: keyof typeof counts, key: string, text: () => string) => {
    counts[kind]++;
    if (lines.length < MOST_ELEMENTS) lines.push(`${excerpt(key)} ${text()}`);
  };
  for (const [key, element] of wanted) {
    if (!found.has(key)) {
      report("missing", key, () => `is missing: ${excerpt(element)}`);
      continue;
    }
    const places = differencesOf(found.get(key), element);
    if (places.length === 0) continue;
    const more = places.length > MOST_PLACES ? `; ${places.length - MOST_PLACES} more` : "";
    report("different", key, () => `differs: ${places.slice(0, MOST_PLACES).join("; ")}${more}`);
  }
  for (const [key, element] of found) {
    if (!wanted.has(key)) report("unexpected", key, () => `is not expected: ${excerpt(element)}`);
  }
  const total = counts.missing + counts.unexpected + counts.different;
  if (total === 0) return;
  const kinds = Object.entries(counts).filter(([, n]) => n > 0);
  const summary = kinds.map(([kind, n]) => `${n.toLocaleString("en-US")} ${kind}`).join(", ");
  if (total > lines.length) lines.push(`… and ${(total - lines.length).toLocaleString("en-US")} more`);
  const error = new Error(
    `Of ${expected.length.toLocaleString("en-US")} expected elements: ${summary}.\n${lines.join("\n")}`,
  );
  Error.captureStackTrace(error, expectSameElements);
  throw error;
}

/** Of several with one key, each has a key of its own. */
function byKey<T>(elements: readonly T[], keyOf: (element: T, place: number) => string): Map<string, T> {
  const counts = new Map<string, number>();
  return new Map(
    elements.map((element, place) => {
      const key = keyOf(element, place);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return [count === 1 ? key : `${key}, number ${count}`, element];
    }),
  );
}
