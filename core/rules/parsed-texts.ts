import { type FieldTree, type FieldValue, isFieldTree, NumberText } from "../parsers/parsed-message";
import { follow, type RestOfName } from "./field-names";

/** Returns the texts of a parser's fields: those of `names` and all within them. @param sameName see `rewrittenJson` */
export function parsedTexts(
  fields: FieldTree,
  names: readonly RestOfName[],
  sameName: (name: string) => string = (name) => name,
): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const rests = follow(names, sameName(name));
    if (rests === true) return textsIn(value);
    return rests.length > 0 && isFieldTree(value) ? parsedTexts(value, rests, sameName) : [];
  });
}

function textsIn(value: FieldValue): string[] {
  if (value instanceof NumberText) return [value.text];
  if (typeof value !== "object") return [String(value)];
  return Object.values(value).flatMap(textsIn);
}
