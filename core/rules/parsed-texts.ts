import { follow, type RestOfName } from "../json/field-names";
import { textOfString } from "../json/members";
import {
  type FieldTree,
  type FieldValue,
  isFieldTree,
  NumberText,
  type ParsedMessage,
} from "../parsers/parsed-message";
import { rewrittenJson } from "./json-tokens";

/** Returns the texts of a message's fields: those of `names` and all within them. */
export function parsedTexts(parsed: ParsedMessage, names: readonly RestOfName[]): string[] {
  const { fields, userFields = {}, renamed = {} } = parsed;
  return [fields, userFields, renamed].flatMap((tree) => textsOfTree(tree, names, (name) => name));
}

/** The same of what is redacted, and of fields that are not written, too. @param sameName see `rewrittenJson` */
export function redactedTexts(
  { fields, userFields = {}, renamed = {}, hiddenFields = {} }: ParsedMessage,
  names: readonly RestOfName[],
  sameName: (name: string) => string,
): string[] {
  return [fields, userFields, renamed, hiddenFields].flatMap((tree) => textsOfTree(tree, names, sameName));
}

/** The same of a JSON object's members: texts, numbers as they are written, `true`, `false` and `null`. */
export function memberTexts(json: string, names: readonly RestOfName[], sameName?: (name: string) => string): string[] {
  const texts: string[] = [];
  rewrittenJson(
    json,
    names,
    ({ kind, written, isField }) => {
      if (isField && kind !== "object" && kind !== "array" && kind !== "name") {
        texts.push(kind === "string" ? textOfString(written) : written);
      }
      return undefined;
    },
    sameName,
  );
  return texts;
}

function textsOfTree(fields: FieldTree, names: readonly RestOfName[], sameName: (name: string) => string): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const rests = follow(names, sameName(name));
    if (rests === true) return textsIn(value);
    return rests.length > 0 && isFieldTree(value) ? textsOfTree(value, rests, sameName) : [];
  });
}

function textsIn(value: FieldValue): string[] {
  if (value instanceof NumberText) return [value.text];
  if (typeof value !== "object") return [String(value)];
  return Object.values(value).flatMap(textsIn);
}
