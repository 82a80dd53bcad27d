/** How much of a value an error repeats, in characters. */
const MAX_GIVEN = 100;

/** Returns a value as an error repeats it: as JSON, and of a long text its beginning and its length. */
export function given(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= MAX_GIVEN) return JSON.stringify(value);
  const beginning = text.slice(0, MAX_GIVEN);
  return `${typeof value === "string" ? JSON.stringify(beginning) : beginning}… (${text.length} characters)`;
}
