import { isObject } from "../json/object";
import { textOf } from "./json-members";
import type { LayoutTexts } from "./layout-part";
import type { MemberColumn, MemberColumns } from "./member-columns";

/** The texts of an object's columns. @param object parsed by `exactObject`, so that numbers are as they are written */
export function textsOfColumns({ columns }: MemberColumns, object: Readonly<Record<string, unknown>>): LayoutTexts {
  const texts: LayoutTexts = [];
  const read = new Set<number>();
  for (const { path, kind, column } of columns) {
    const value = memberAtPath(object, path);
    if (value === undefined || value === null || read.has(column)) continue;
    read.add(column);
    texts[column] = TEXTS[kind](value);
  }
  return texts;
}

const TEXTS: Readonly<Record<MemberColumn["kind"], (value: unknown) => string | undefined>> = {
  string: (value) => (typeof value === "string" ? value : undefined),
  number: (value) => (typeof value === "string" || typeof value === "boolean" ? undefined : textOf(value)),
  strings: (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "string").join("\n") : undefined),
};

/** @param path dotted */
export const memberAtPath = (object: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce((node, name) => (isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined), object);
