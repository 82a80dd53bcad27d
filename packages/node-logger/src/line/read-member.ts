/** Reads a member of an object; undefined if it throws. */
export function readMember(object: object, name: string | symbol): unknown {
  try {
    return (object as Record<string | symbol, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** Returns an object's own members that have names; none of a proxy that does not tell them. */
export function readMembers(object: object): Record<string, unknown> {
  try {
    return Object.fromEntries(Object.keys(object).map((name) => [name, readMember(object, name)]));
  } catch {
    return {};
  }
}
