import { follow, partsOfName, type RestOfName } from "../json/field-names";
import { isObject } from "../json/object";
import { textOf } from "../parsers/json-members";
import { NumberText } from "../parsers/parsed-message";

const isTree = (value: unknown): value is Record<string, unknown> => isObject(value) && !(value instanceof NumberText);

/**
 * Yields the texts of a field of a parser's fields or of a JSON object, whose names may have dots: texts, numbers as they are written,
 * `true` and `false`; of an array those of its elements.
 */
export function* textsAt(value: unknown, rest: RestOfName): Generator<string> {
  if (Array.isArray(value)) {
    for (const element of value) yield* textsAt(element, rest);
  } else if (rest.length === 0) {
    const text = textOf(value);
    if (text !== undefined) yield text;
  } else if (isTree(value)) {
    for (const name of namesLike(value, rest)) {
      const next = follow([rest], name);
      if (next !== true) yield* next.length === 0 ? [] : textsAt(value[name], next[0]!);
      else if (partsOfName(name).length === rest.length) yield* textsAt(value[name], []);
    }
  }
}

/** Whether an object has a field, a field in it, or something else where an object has to be that leads to it. */
export function isTaken(object: Readonly<Record<string, unknown>>, rest: RestOfName): boolean {
  return namesLike(object, rest).some((name) => {
    const next = follow([rest], name);
    if (next === true || next.length === 0) return next === true;
    const value = object[name];
    return !isTree(value) || isTaken(value, next[0]!);
  });
}

/** Spares taking most names apart: a message may have thousands. */
const namesLike = (object: object, [first]: RestOfName): string[] =>
  Object.keys(object).filter((name) => name.startsWith(first!));
