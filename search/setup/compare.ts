import { isObject } from "../../core/json/object";

/** What there is, and what there should be. */
export interface ComparedContent {
  actual: unknown;
  desired: unknown;
}

/**
 * Returns the differences, one line for each member: `- path: value` for what is there, `+ path: value` for what should be.
 *
 * Engines write numbers and booleans of settings as texts, `a.b` as objects, and empty arrays, objects and texts for what is
 * not given: none of these is a difference, and neither is the order of an array of texts.
 */
export function differences({ actual, desired }: ComparedContent): string[] {
  const [before, after] = [membersOf(actual), membersOf(desired)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    return [...line("-", path, was), ...line("+", path, is)];
  });
}

const line = (sign: string, path: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${sign} ${path}: ${value}`];

/** By path: the JSON text of every member that is no object, and not empty. */
function membersOf(value: unknown): Map<string, string> {
  const members = new Map<string, string>();
  collect(value, "", members);
  return members;
}

function collect(value: unknown, path: string, members: Map<string, string>): void {
  if (isObject(value)) {
    for (const [name, member] of Object.entries(value))
      collect(member, path === "" ? name : `${path}.${name}`, members);
  } else if (Array.isArray(value) && !value.every((element) => typeof element === "string")) {
    for (const [i, element] of value.entries()) collect(element, `${path}[${i}]`, members);
  } else if (Array.isArray(value)) {
    if (value.length > 0) members.set(path, JSON.stringify([...value].sort()));
  } else if (value !== undefined && value !== null && value !== "") {
    members.set(path, JSON.stringify(String(value)));
  }
}

/** Returns `actual` without the members that `desired` has not: what an engine adds of its own. */
export function commonMembers(actual: unknown, desired: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(desired)) {
    return actual.map((element, i) => (i < desired.length ? commonMembers(element, desired[i]) : element));
  }
  if (!isObject(actual) || !isObject(desired)) return actual;
  const names = Object.keys(actual).filter((name) => Object.hasOwn(desired, name));
  return Object.fromEntries(names.map((name) => [name, commonMembers(actual[name], desired[name])]));
}
