/** Deeper levels are indented no further: of a line that begins far right, nothing is seen. */
const MAX_INDENT = 40;

/** Returns JSON with each member on a line of its own; numbers keep their digits. @param json valid JSON */
export function indentedJson(json: string): string {
  const parts: string[] = [];
  let level = 0;
  const newLine = () => parts.push(`\n${"  ".repeat(Math.min(level, MAX_INDENT))}`);
  for (let i = 0; i < json.length; i++) {
    const char = json[i]!;
    if (char === '"') {
      const end = closingQuote(json, i);
      parts.push(json.slice(i, end + 1));
      i = end;
    } else if (char === "{" || char === "[") {
      parts.push(char);
      level++;
      if (!isEndNext(json, i + 1)) newLine();
    } else if (char === "}" || char === "]") {
      level--;
      if (parts.at(-1) !== "{" && parts.at(-1) !== "[") newLine();
      parts.push(char);
    } else if (char === ",") {
      parts.push(char);
      newLine();
    } else if (char === ":") parts.push(": ");
    else if (!/\s/.test(char)) parts.push(char);
  }
  return parts.join("");
}

const isEndNext = (json: string, at: number): boolean => /^\s*[}\]]/.test(json.slice(at, at + 80));

/** @param start of the opening one */
function closingQuote(json: string, start: number): number {
  let end = start + 1;
  while (json[end] !== '"') end += json[end] === "\\" ? 2 : 1;
  return end;
}
