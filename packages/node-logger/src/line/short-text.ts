/** Maximum length of such a text, in characters. */
const MAX_LENGTH = 1_000;

/** Returns a value, such as what was thrown, as a short text, whatever it is: even an error's message may be a getter that throws. */
export function shortText(value: unknown): string {
  try {
    const text = value instanceof Error ? `${value.name}: ${value.message}` : String(value);
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  } catch {
    return "what cannot be read";
  }
}

/** Returns an option's value as a text that shows its type, too: texts have quotation marks. */
export function givenText(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value !== "string" && (typeof value !== "object" || value === null)) return shortText(value);
  try {
    return shortText(JSON.stringify(value));
  } catch {
    return "an object that JSON cannot say";
  }
}
