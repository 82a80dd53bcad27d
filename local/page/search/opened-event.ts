import type { EventRow, OpenedEvent, SurroundingEvents } from "../shared/search-answers";
import type { HitPlace } from "../shared/search-view";
import { namesQuery } from "./conditions";
import { type EngineSearch, EngineSearchError } from "./engine-search";
import { eventRowOf } from "./event-rows";
import { searchResponse } from "./hits";
import type { IndexFields } from "./index-fields";
import { documentFields } from "./raw-json";
import { eventSort, searchAfter } from "./search-body";

/** Thrown for an event that the indices do not have (any more). */
export class NoSuchEventError extends Error {
  override readonly name = "NoSuchEventError";
}

/** Finds one event. @throws NoSuchEventError, EngineSearchError */
export async function openEvent(
  engine: EngineSearch,
  { index, id }: HitPlace,
  columns: readonly string[] = [],
): Promise<OpenedEvent> {
  // The condition on the index keeps the search within the pipeline's own.
  const filter = [{ ids: { values: [id] } }, { term: { _index: index } }];
  const body = { size: 1, sort: eventSort("desc"), query: { bool: { filter } } };
  const {
    hits: [hit],
    missing,
  } = searchResponse(await engine.ask("_search", body));
  if (!hit && missing.length > 0) throw new EngineSearchError(missing.join(" "));
  if (!hit) throw new NoSuchEventError(`The index ${index} has no event ${id}: it may have been cleaned up since.`);
  const fields = documentFields(hit.source);
  return { row: eventRowOf(hit, columns, fields), fields, json: hit.source };
}

/**
 * Finds the neighbours of an event: of the same log stream or object, in the order of time and, within a millisecond, of indexing.
 *
 * @param size of each side
 * @throws NoSuchEventError, EngineSearchError
 */
export async function surroundingEvents(
  engine: EngineSearch,
  fields: () => Promise<IndexFields>,
  place: HitPlace,
  columns: readonly string[],
  size: number,
): Promise<SurroundingEvents> {
  const { row } = await openEvent(engine, place, columns);
  if (!Number.isSafeInteger(row.cursor[0])) {
    const notes = [`The event's time (${row.time || "none"}) is beyond those of the calendar: it has no neighbours.`];
    return { before: [], event: row, after: [], hasEarlier: false, hasLater: false, notes };
  }
  const { groups, streams } = await fields();
  const filter = [namesQuery(groups, [row.group]), namesQuery(streams, [row.stream])];
  const [earlier, later] = await Promise.all([
    neighbours(engine, row, filter, columns, size, "desc"),
    neighbours(engine, row, filter, columns, size, "asc"),
  ]);
  return {
    before: earlier.rows.slice(0, size).reverse(),
    event: row,
    after: later.rows.slice(0, size),
    hasEarlier: earlier.rows.length > size,
    hasLater: later.rows.length > size,
    notes: [...new Set([...earlier.missing, ...later.missing])],
  };
}

async function neighbours(
  engine: EngineSearch,
  event: EventRow,
  filter: readonly object[],
  columns: readonly string[],
  size: number,
  order: "asc" | "desc",
): Promise<{ readonly rows: readonly EventRow[]; readonly missing: readonly string[] }> {
  const body = {
    // One more tells whether there are more, and the event itself is found again.
    ...{ size: size + 2, track_total_hits: false, sort: eventSort(order), query: { bool: { filter } } },
    search_after: searchAfter(event.cursor, order),
  };
  const { hits, missing } = searchResponse(await engine.ask("_search", body));
  const others = hits.filter(({ index, id }) => index !== event.index || id !== event.id);
  return { rows: others.map((hit) => eventRowOf(hit, columns)), missing };
}
