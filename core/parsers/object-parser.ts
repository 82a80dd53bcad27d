import { isObject } from "../json/object";
import { fieldPath, putField } from "./field-path";
import { textOf } from "./json-members";
import type { DescribedParser } from "./line-description";
import type { MemberNeed, ObjectDescription } from "./object-description";
import type { FieldTree, MessageParser } from "./parsed-message";

/** Makes the parser of a format of JSON objects say what the WASM encoder needs. */
export function describedObject(object: ObjectDescription, parse: MessageParser): DescribedParser {
  const described: MessageParser = (message) => {
    const parsed = parse(message);
    return parsed && { ...parsed, object };
  };
  return Object.assign(described, { object });
}

/** The fields that each message of a format has before its own. */
export function constantFields({ constants }: Pick<ObjectDescription, "constants">): FieldTree {
  const fields: FieldTree = {};
  for (const [path, value] of constants) putField(fields, fieldPath(path), value);
  return fields;
}

/** Whether an object has the members that tell its format. */
export const hasNeeds = (object: Readonly<Record<string, unknown>>, needs: ObjectDescription["needs"]): boolean =>
  Object.entries(needs).every(([name, need]) => IS_MET[need](object[name]));

const IS_MET: Readonly<Record<MemberNeed, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string" && value !== "",
  string: (value) => typeof value === "string",
  object: isObject,
  scalar: (value) => textOf(value) !== undefined,
};
