import { follow, partsOfName, type RestOfName } from "../json/field-names";
import { isFieldTree } from "../parsers/parsed-message";

/**
 * Yields the values of a field of a parser's fields or of a JSON object, whose names may have dots; of an array, its elements, but
 * those of no array in it: a message may have thousands within one another.
 */
export function* valuesAt(value: unknown, rest: RestOfName): Generator<unknown> {
  for (const one of Array.isArray(value) ? value : [value]) {
    if (rest.length === 0) yield one;
    else if (isFieldTree(one)) yield* membersAt(one, rest);
  }
}

function* membersAt(object: Readonly<Record<string, unknown>>, rest: RestOfName): Generator<unknown> {
  for (const name of namesLike(object, rest)) {
    const next = follow([rest], name);
    if (next !== true) yield* next.length === 0 ? [] : valuesAt(object[name], next[0]!);
    else if (partsOfName(name).length === rest.length) yield* valuesAt(object[name], []);
  }
}

/** Whether an object has a field, a field in it, or something else where an object has to be that leads to it. */
export function isTaken(object: Readonly<Record<string, unknown>>, rest: RestOfName): boolean {
  return namesLike(object, rest).some((name) => {
    const next = follow([rest], name);
    if (next === true || next.length === 0) return next === true;
    const value = object[name];
    return !isFieldTree(value) || isTaken(value, next[0]!);
  });
}

/** Spares taking most names apart: a message may have thousands. */
const namesLike = (object: object, [first]: RestOfName): string[] =>
  Object.keys(object).filter((name) => name.startsWith(first!));
