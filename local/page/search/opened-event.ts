import type { EventRow, OpenedEvent, SurroundingEvents } from "../shared/search-answers";
import type { HitPlace } from "../shared/search-view";
import { nameQuery } from "./conditions";
import type { EngineSearch } from "./engine-search";
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
  const [hit] = searchResponse(await engine.ask("_search", body)).hits;
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
  const { groups, streams } = await fields();
  const filter = [nameQuery(groups, row.group), nameQuery(streams, row.stream)];
  const [earlier, later] = await Promise.all([
    neighbours(engine, row, filter, columns, size, "desc"),
    neighbours(engine, row, filter, columns, size, "asc"),
  ]);
  return {
    before: earlier.slice(0, size).reverse(),
    event: row,
    after: later.slice(0, size),
    hasEarlier: earlier.length > size,
    hasLater: later.length > size,
  };
}

async function neighbours(
  engine: EngineSearch,
  event: EventRow,
  filter: readonly object[],
  columns: readonly string[],
  size: number,
  order: "asc" | "desc",
): Promise<EventRow[]> {
  const body = {
    // One more tells whether there are more, and the event itself is found again.
    ...{ size: size + 2, track_total_hits: false, sort: eventSort(order), query: { bool: { filter } } },
    search_after: searchAfter(event.cursor, order),
  };
  const { hits } = searchResponse(await engine.ask("_search", body));
  return hits
    .filter(({ index, id }) => index !== event.index || id !== event.id)
    .map((hit) => eventRowOf(hit, columns));
}
