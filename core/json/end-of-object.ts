const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Returns the offset after the JSON object that begins at `start`, by its braces and strings alone.
 *
 * @param json UTF-8
 * @returns undefined if no object begins there, or it has no end
 */
export function endOfObject(json: Uint8Array, start: number): number | undefined {
  if (json[start] !== OPEN_BRACE) return undefined;
  let depth = 0;
  let isString = false;
  for (let i = start; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) isString = !isString;
    else if (isString) i += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_BRACE) depth++;
    else if (byte === CLOSE_BRACE && --depth === 0) return i + 1;
  }
  return undefined;
}
