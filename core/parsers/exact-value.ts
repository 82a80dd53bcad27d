import { isObject } from "../json/object";
import { type FieldTree, type FieldValue, NumberText } from "./parsed-message";

/** Names that anybody may choose and that no field can have. */
const NO_NAMES: ReadonlyMap<string, string> = new Map([
  ["", "_"],
  ["__proto__", "_proto_"],
]);

/** Sets a member whose name somebody else has chosen. One that another member has already is followed by `_`. */
export function setMember(tree: FieldTree, name: string, value: FieldValue): void {
  let free = NO_NAMES.get(name) ?? name;
  while (Object.hasOwn(tree, free)) free += "_";
  tree[free] = value;
}

/**
 * Returns a value of an object of `exactObject` as a document has it: without nulls, and without empty texts, objects and arrays.
 *
 * @param nameOf what becomes of the names. @default they stay
 */
export function exactValue(value: unknown, nameOf?: (name: string) => string): FieldValue | undefined {
  switch (typeof value) {
    case "string":
      return value === "" ? undefined : value;
    case "number":
    case "boolean":
      return value;
  }
  if (value instanceof NumberText) return value;
  if (Array.isArray(value)) {
    const values = value.map((each) => exactValue(each, nameOf)).filter((each) => each !== undefined);
    return values.length === 0 ? undefined : values;
  }
  if (!isObject(value)) return undefined;
  const tree: FieldTree = {};
  let isEmpty = true;
  for (const name of Object.keys(value)) {
    const member = exactValue(value[name], nameOf);
    if (member === undefined) continue;
    const field = nameOf?.(name) ?? name;
    // Of two names that become one, the second stays as it is.
    setMember(tree, Object.hasOwn(tree, field) ? name : field, member);
    isEmpty = false;
  }
  return isEmpty ? undefined : tree;
}
