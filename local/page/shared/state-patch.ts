/**
 * What turns one JSON value into another: `[value]` takes its place, and an object changes the members of an object, or the elements of
 * an array, each by a patch of its own; `null` removes a member. An array keeps its elements, and may get more.
 */
export type StatePatch = readonly [unknown] | { readonly [name: string]: StatePatch | null };

type Members = Readonly<Record<string, unknown>>;

/** Returns what turns `before` into `after`; undefined where they are the same. Members that are undefined are none. */
export function patchOf(before: unknown, after: unknown): StatePatch | undefined {
  if (Object.is(before, after)) return undefined;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) return [after];
  if (Array.isArray(before) && before.length > (after as unknown as unknown[]).length) return [after];
  const changes: [string, StatePatch | null][] = [];
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const change = memberOf(before, name) === undefined ? ([value] as const) : patchOf(memberOf(before, name), value);
    if (change) changes.push([name, change]);
  }
  for (const [name, value] of Object.entries(before)) {
    if (value !== undefined && memberOf(after, name) === undefined) changes.push([name, null]);
  }
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/** Returns what a patch makes of a value, which stays as it is. */
export function patched(before: unknown, patch: StatePatch): unknown {
  if (isReplacement(patch)) return patch[0];
  const members = new Map(Object.entries(before as Members));
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) members.delete(name);
    else members.set(name, patched(members.get(name), change));
  }
  return Array.isArray(before) ? [...members.values()] : Object.fromEntries(members);
}

const isReplacement = (patch: StatePatch): patch is readonly [unknown] => Array.isArray(patch);

const isContainer = (value: unknown): value is Members => typeof value === "object" && value !== null;

const memberOf = (value: Members, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
