const AROUND = 40;

/**
 * Where two values of JSON differ, each place by its path, with what stands there; none: they are equal.
 *
 * Unlike Jest's own diff it shows nothing of what is equal, and of long texts only what surrounds the first difference.
 */
export function differencesOf(actual: unknown, expected: unknown, path = "it"): string[] {
  if (Object.is(actual, expected)) return [];
  if (typeof actual === "string" && typeof expected === "string") return [textDifference(actual, expected, path)];
  if (!isContainer(actual) || !isContainer(expected) || Array.isArray(actual) !== Array.isArray(expected)) {
    return [`${path} is ${shown(actual)}, expected ${shown(expected)}`];
  }
  const keys = [...new Set([...Object.keys(actual), ...Object.keys(expected)])];
  return keys.flatMap((key) => {
    const place = Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return [`${place} is absent, expected ${shown(expected[key])}`];
    if (!Object.hasOwn(expected, key)) return [`${place} is ${shown(actual[key])}, expected none`];
    return differencesOf(actual[key], expected[key], place);
  });
}

/** A value in at most `length` characters. */
export function shown(value: unknown, length = 2 * AROUND): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > length ? `${text.slice(0, length)}… (${text.length.toLocaleString("en-US")} characters)` : text;
}

function textDifference(actual: string, expected: string, path: string): string {
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  const start = Math.max(0, at - AROUND);
  const near = (text: string) =>
    `${start > 0 ? "…" : ""}${JSON.stringify(text.slice(start, at + AROUND))}${at + AROUND < text.length ? "…" : ""}`;
  return `${path} is ${near(actual)}, expected ${near(expected)}, from character ${at.toLocaleString("en-US")} on`;
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
