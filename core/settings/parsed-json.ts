/** Returns null for a text that is no JSON: what expects an object or a list then says that there is none. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
