export interface JsonLimits {
  /** Objects and arrays in each other. */
  readonly levels: number;
  /** Members of objects and values of arrays, as many as there are commas and brackets. */
  readonly values: number;
}

/** Whether the object or array that a text begins with, which need not be valid JSON, is beyond a limit. It is not parsed for it. */
export function isBeyond(json: string, { levels, values }: JsonLimits): boolean {
  if (!/^[ \t\r\n]*[[{]/.test(json)) return false;
  let level = 0;
  let count = 0;
  let isString = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (isString) {
      if (char === "\\") i++;
      else if (char === '"') isString = false;
      continue;
    }
    switch (char) {
      case '"':
        isString = true;
        break;
      case "{":
      case "[":
        level++;
        count++;
        break;
      case ",":
        count++;
        break;
      case "}":
      case "]":
        level--;
        if (level === 0) return false;
        break;
    }
    if (level > levels || count > values) return true;
  }
  return false;
}
