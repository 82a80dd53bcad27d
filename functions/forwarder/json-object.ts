export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `text` parses to, if that is a JSON object. */
export function parsedObject(text: string): Record<string, unknown> | undefined {
  // Asked of every message: most are no JSON, and an error costs more than a look.
  if (!/^[ \t\r\n]*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
