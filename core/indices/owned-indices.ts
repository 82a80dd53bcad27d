import { type IndexLayouts, type ParsedIndexName, parseIndexName } from "../events/index-layout";
import { isObject } from "../json/object";

/** An index of a pipeline. Its name is a plain one: no wildcard, no list, no date math. */
export interface OwnedIndex extends ParsedIndexName {
  name: string;
  /** Undefined for a closed index, and for one without a started shard. */
  documents: number | undefined;
  /** On disk, replicas included; undefined as `documents`. */
  bytes: number | undefined;
}

/** The columns of `_cat/indices` that `ownedIndices` reads. */
export const INDEX_COLUMNS = "index,docs.count,store.size";

/**
 * Returns the indices whose whole names `layouts` can have given, each once. Aliases, data streams, hidden and system indices
 * have names of other forms, and so does whatever else an engine may list.
 *
 * @param rows of `_cat/indices` with `format=json&bytes=b`
 */
export function ownedIndices(layouts: IndexLayouts, rows: readonly unknown[]): OwnedIndex[] {
  const owned = new Map<string, OwnedIndex>();
  for (const row of rows) {
    if (!isObject(row) || typeof row.index !== "string") continue;
    const { index: name } = row;
    const parsed = parseIndexName(layouts, name);
    if (!parsed) continue;
    owned.set(name, { ...parsed, name, documents: countIn(row["docs.count"]), bytes: countIn(row["store.size"]) });
  }
  return [...owned.values()];
}

/** Engines write numbers as texts. */
const countIn = (value: unknown): number | undefined =>
  typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
