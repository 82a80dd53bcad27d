export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Maximum number of values in a text that is parsed: each takes some 40 bytes of memory, even if written in three. */
const MAX_VALUES = 1_000_000;

/** Whether parsing JSON would take more memory than a function of 256 MiB has. Unparsed, it takes its length only. */
export function hasTooManyValues(json: string): boolean {
  if (json.length <= MAX_VALUES) return false;
  let values = 0;
  let isString = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (char === '"') isString = !isString;
    else if (isString && char === "\\") i++;
    else if (!isString && (char === "," || char === "[" || char === "{")) values++;
  }
  return values > MAX_VALUES;
}

/** Parses `text` if it is a JSON object; returns undefined for any other text. */
export function parsedObject(text: string): Record<string, unknown> | undefined {
  // Called for every message: most are not JSON, and an error costs more than a regular expression.
  return /^[ \t\r\n]*\{/.test(text) ? (parsed(text) as Record<string, unknown> | undefined) : undefined;
}

/** Parses `text` if it is a JSON array; returns undefined for any other text. */
export function parsedArray(text: string): unknown[] | undefined {
  return /^[ \t\r\n]*\[/.test(text) ? (parsed(text) as unknown[] | undefined) : undefined;
}

function parsed(text: string): unknown {
  if (hasTooManyValues(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Returns a member of an object.
 *
 * @param field its name; where the object has none of the name, dots lead into objects
 */
export function memberOf(object: unknown, field: string): unknown {
  if (!isObject(object)) return undefined;
  if (Object.hasOwn(object, field)) return object[field];
  const dot = field.indexOf(".");
  return dot < 0 ? undefined : memberOf(object[field.slice(0, dot)], field.slice(dot + 1));
}
