const AROUND = 40;

/**
 * Where two values of JSON differ, each place by its path, with what stands there; none: they are equal.
 *
 * Unlike Jest's own diff it shows nothing of what is equal, and of long texts only what surrounds the first difference.
 */
export function differencesOf(actual: unknown, expected: unknown): string[] {
  const differences: string[] = [];
  // No recursion: values may be nested more deeply than the stack is high.
  const pairs = [{ actual, expected, path: "it" }];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const { actual, expected, path } = pair;
    if (Object.is(actual, expected)) continue;
    if (isContainer(actual) && isContainer(expected) && Array.isArray(actual) === Array.isArray(expected)) {
      const keys = [...new Set([...Object.keys(actual), ...Object.keys(expected)])];
      for (const key of keys.reverse()) {
        pairs.push({
          actual: Object.hasOwn(actual, key) ? actual[key] : ABSENT,
          expected: Object.hasOwn(expected, key) ? expected[key] : ABSENT,
          path: Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`,
        });
      }
    } else if (typeof actual === "string" && typeof expected === "string") {
      differences.push(`${cut(path)} is ${textDifference(actual, expected)}`);
    } else differences.push(`${cut(path)} is ${excerpt(actual)}, expected ${excerpt(expected)}`);
  }
  return differences;
}

const ABSENT = Symbol("absent");

/** A value in some 80 characters. */
export function excerpt(value: unknown): string {
  if (value === ABSENT) return "absent";
  try {
    return cut(JSON.stringify(value) ?? String(value));
  } catch {
    return "nested too deeply to be shown";
  }
}

function cut(text: string): string {
  if (text.length <= 2 * AROUND) return text;
  return `${text.slice(0, 2 * AROUND)}… (${text.length.toLocaleString("en-US")} characters)`;
}

function textDifference(actual: string, expected: string): string {
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  const start = Math.max(0, at - AROUND);
  const near = (text: string) =>
    `${start > 0 ? "…" : ""}${JSON.stringify(text.slice(start, at + AROUND))}${at + AROUND < text.length ? "…" : ""}`;
  return `${near(actual)}, expected ${near(expected)}, from character ${at.toLocaleString("en-US")} on`;
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
