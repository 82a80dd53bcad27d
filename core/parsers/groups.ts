import { type FieldPath, putField } from "./field-path";
import type { FieldReader } from "./field-values";
import type { FieldTree } from "./parsed-message";

/** The fields that one group of a pattern becomes. */
export type GroupFields = readonly (readonly [path: FieldPath, read: FieldReader])[];

/** Puts what the groups of a match have matched, in their order. */
export function putGroups(fields: FieldTree, [, ...texts]: RegExpExecArray, groups: readonly GroupFields[]): void {
  for (const [i, each] of groups.entries()) {
    const text = texts[i] as string | undefined;
    if (text === undefined) continue;
    for (const [path, read] of each) putField(fields, path, read(text));
  }
}
