import type { FieldTree, FieldValue } from "./parsed-message";

/** The names that lead to a field, from the root. */
export type FieldPath = readonly string[];

/** @param dotted such as `http.response.status_code` */
export const fieldPath = (dotted: string): FieldPath => dotted.split(".");

/** Puts a value into `tree`, and the objects on the way to it. A value that is undefined is left out. */
export function putField(tree: FieldTree, path: FieldPath, value: FieldValue | undefined): void {
  if (value === undefined) return;
  let node = tree;
  const last = path.length - 1;
  for (let i = 0; i < last; i++) {
    node[path[i]!] ??= {};
    node = node[path[i]!] as FieldTree;
  }
  node[path[last]!] = value;
}
