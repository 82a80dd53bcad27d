import { endOfString } from "./members";

/**
 * Whether a JSON object is nested deeper than `levels`: each object and array is a level, and so is each dot in a key,
 * because engines expand dotted names into objects.
 *
 * @param json valid JSON, an object
 */
export function isDeeperThan(levels: number, json: string): boolean {
  const open: number[] = [];
  let depth = 0;
  let key = "";
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case '"': {
        const end = endOfString(json, i);
        key = json.slice(i + 1, end);
        i = end;
        break;
      }
      case ":":
        depth = open.at(-1)! + dotsIn(key);
        if (depth > levels) return true;
        break;
      case "{":
      case "[":
        depth++;
        if (depth > levels) return true;
        open.push(depth);
        break;
      case "}":
      case "]":
        open.pop();
        depth = open.at(-1) ?? 0;
        break;
      case ",":
        depth = open.at(-1)!;
    }
  }
  return false;
}

/** Counts escaped dots, too. */
function dotsIn(key: string): number {
  if (!key.includes(".") && !key.includes("\\")) return 0;
  return (JSON.parse(`"${key}"`) as string).split(".").length - 1;
}
