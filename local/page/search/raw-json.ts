import { endOfString, jsonMembers, textOfString } from "../../../core/json/members";
import type { EventField } from "../shared/search-answers";

/** Returns the members of a JSON object by name, as JSON: numbers keep their digits. @param json valid JSON, an object */
export const rawMembers = (json: string): Map<string, string> =>
  new Map(jsonMembers(json).map(([name, value]) => [textOfString(name), value]));

/** Returns the values of a JSON list, as JSON. @param json valid JSON, a list */
export function rawItems(json: string): string[] {
  const items: string[] = [];
  let at = json.indexOf("[") + 1;
  let depth = 0;
  for (let i = at; i < json.length; i++) {
    const char = json[i];
    if (char === '"') i = endOfString(json, i);
    else if (char === "{" || char === "[") depth++;
    else if (depth > 0 && (char === "}" || char === "]")) depth--;
    else if (depth === 0 && (char === "," || char === "]")) {
      const item = json.slice(at, i).trim();
      if (item !== "") items.push(item);
      at = i + 1;
    }
  }
  return items;
}

/** Objects in each other that become fields: engines map 20 by default (`index.mapping.depth.limit`). */
const MAX_DEPTH = 20;

/**
 * Returns the fields of a document: dots lead into objects; lists, and objects that lie deeper than any mapped one, stay whole.
 *
 * @param json valid JSON, an object
 */
export function documentFields(json: string): EventField[] {
  const fields: EventField[] = [];
  collect(json, "", 1, fields);
  return fields;
}

function collect(json: string, path: string, depth: number, fields: EventField[]): void {
  for (const [name, value] of rawMembers(json)) {
    const full = `${path}${name}`;
    const hasMembers = value.startsWith("{") && value.length > "{}".length && depth < MAX_DEPTH;
    if (hasMembers) collect(value, `${full}.`, depth + 1, fields);
    else fields.push({ name: full, ...typedValue(value) });
  }
}

function typedValue(json: string): Pick<EventField, "value" | "kind"> {
  switch (json[0]) {
    case '"':
      return { value: textOfString(json), kind: "text" };
    case "{":
      return { value: json, kind: "object" };
    case "[":
      return { value: json, kind: "list" };
    case "n":
      return { value: json, kind: "null" };
    case "t":
    case "f":
      return { value: json, kind: "boolean" };
    default:
      return { value: json, kind: "number" };
  }
}
