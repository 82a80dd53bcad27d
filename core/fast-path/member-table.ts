import type { MemberColumn, MemberColumns } from "../parsers/member-columns";
import { nameTable } from "./name-table";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/fields/member-columns.ts. */
const KINDS = { string: 0, number: 1, strings: 2, left: 3, object: 4 } as const;
const IS_NEEDED = 0x100;

/** Texts are compared as 16 bytes. */
const MAX_BEGINNING = 16;

/** What a name of an object stands for: a column, an object of further names, or what only the parser reads. */
type Entry = MemberColumn | Map<string, Entry> | "left";

/**
 * Writes how the encoder finds the columns of an object: assembly/fields/member-columns.ts documents it.
 *
 * @param first the number of the first column
 * @returns the address of the object's names
 */
export function memberTable({ columns, left = [], needs = [] }: MemberColumns, first: number, writer: ProgramWriter) {
  const root = new Map<string, Entry>();
  for (const column of columns) addEntry(root, column.path.split("."), column);
  for (const path of left) addEntry(root, path.split("."), "left");
  return namesOf(root, { first, needs, writer });
}

function addEntry(object: Map<string, Entry>, [name, ...rest]: readonly string[], entry: Entry): void {
  if (rest.length === 0) {
    object.set(name!, entry);
    return;
  }
  const inner = object.get(name!) ?? new Map<string, Entry>();
  object.set(name!, inner);
  if (inner instanceof Map) addEntry(inner, rest, entry);
}

interface TableOptions {
  readonly first: number;
  readonly needs: readonly string[];
  readonly writer: ProgramWriter;
}

function namesOf(object: ReadonlyMap<string, Entry>, options: TableOptions): number {
  const { writer } = options;
  const entries = [...object].map(([name, entry]) => {
    const words = wordsOf(entry, options.needs.includes(name), options);
    return { name, words, isNeeded: (words[0]! & IS_NEEDED) !== 0 };
  });
  const addresses = entries.map(({ name, words }) => [name, writer.words([...writer.text(name), ...words])] as const);
  return writer.words([...nameTable(addresses, writer), entries.filter(({ isNeeded }) => isNeeded).length]);
}

function wordsOf(entry: Entry, isNeeded: boolean, options: TableOptions): readonly number[] {
  const { first, writer } = options;
  if (entry === "left") return [KINDS.left];
  if (entry instanceof Map) {
    const names = namesOf(entry, { ...options, needs: [] });
    return [KINDS.object + (isNeeded ? IS_NEEDED : 0), names];
  }
  const { kind, column, begins } = entry;
  if (begins === undefined) return [KINDS[kind], first + column, 0, 0, 0];
  if (begins.text.length > MAX_BEGINNING) throw new Error(`too long to be compared: ${begins.text}`);
  return [KINDS[kind] + IS_NEEDED, first + column, ...writer.text(begins.text), begins.withinCharacters];
}
