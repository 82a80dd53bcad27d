/**
 * Returns the members of a JSON object, as `[key, value]`, both still JSON texts: parsing would lose digits of numbers
 * beyond 2^53.
 *
 * @param json valid JSON, an object
 */
export function jsonMembers(json: string): [key: string, value: string][] {
  const members: [string, string][] = [];
  let at = json.indexOf("{") + 1;
  let depth = 0;
  let key: string | undefined;
  for (let i = at; i < json.length; i++) {
    switch (json[i]) {
      case '"':
        i = endOfString(json, i);
        break;
      case ":":
        if (depth === 0) {
          key = json.slice(at, i).trim();
          at = i + 1;
        }
        break;
      case "{":
      case "[":
        depth++;
        break;
      case "}":
      case "]":
      case ",":
        if (depth === 0 && key !== undefined) {
          members.push([key, json.slice(at, i).trim()]);
          key = undefined;
          at = i + 1;
        }
        if (json[i] !== ",") depth--;
    }
  }
  return members;
}

/** Returns the index of the closing quote of the string that begins at `start`. */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (json[first - 1] === "\\") first--;
    // Each backslash escapes the character behind it.
    if ((end - first) % 2 === 0) return end;
  }
}

/** Returns the text of a JSON string, which is given with its quotes. */
export function textOfString(written: string): string {
  return written.includes("\\") ? JSON.parse(written) : written.slice(1, -1);
}
