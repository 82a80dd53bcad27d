import { isObject, memberOf } from "../../../core/json/object";
import type { EventCursor, SearchAnswer } from "../shared/search-answers";
import { periodOf, type SearchPeriod } from "../shared/search-times";
import type { EventSearch } from "../shared/search-view";
import { conditionsOf, type SearchConditions, type WholeName } from "./conditions";
import { type EngineSearch, EngineSearchError } from "./engine-search";
import { eventRowOf } from "./event-rows";
import { type FoundHits, fewerIfTooLarge, inMessagesIfTooMuch } from "./found-hits";
import { searchResponse } from "./hits";
import type { IndexFields } from "./index-fields";
import { firstPageBody, latestBody, otherGroupsBody, PAGE_ROWS, pageBody } from "./search-body";
import { searchSummary } from "./summary";
import { SearchRequestError, searchErrors } from "./view-errors";

export interface FindEvents {
  readonly search: EventSearch;
  readonly columns: readonly string[];
  /** @default the first page */
  readonly after?: EventCursor | undefined;
}

/** @throws SearchRequestError for what is not allowed, all of it together */
export function searchPeriod(search: EventSearch, now: number): SearchPeriod {
  const times = periodOf(search, now);
  const errors = [...("errors" in times ? times.errors : []), ...searchErrors(search)];
  if (errors.length > 0 || "errors" in times) throw new SearchRequestError(errors);
  return times.period;
}

/**
 * Finds a page of events, and of the first one what all have in common.
 *
 * @param now in milliseconds since the epoch
 * @throws SearchRequestError, EngineSearchError
 */
export async function findEvents(
  engine: EngineSearch,
  fields: () => Promise<IndexFields>,
  { search, columns, after }: FindEvents,
  now: number,
): Promise<SearchAnswer> {
  const period = searchPeriod(search, now);
  const begin = performance.now();
  const { groups, closed } = await fields();
  const found = await fewerIfTooLarge(PAGE_ROWS, (size) =>
    inMessagesIfTooMuch(
      (textFields) => conditionsOf(search, period, groups, textFields),
      (conditions) =>
        engine.ask(
          "_search",
          after ? pageBody(conditions, after, size) : firstPageBody(conditions, period, groups, size),
        ),
    ),
  );
  const { hits, missing, notes, conditions } = found;
  const summary = after ? undefined : await summaryOf(engine, found, period, groups);
  return {
    ...{ period, summary, isWhole: missing.length === 0, rows: hits.map((hit) => eventRowOf(hit, columns)) },
    next: hits.length < found.size ? undefined : hits.at(-1)!.cursor,
    notes: [...missing, ...notes, ...closedNotes(closed)],
    latest: summary?.total === 0 ? await latestTime(engine, conditions) : undefined,
    tookMs: Math.round(performance.now() - begin),
  };
}

/** @throws EngineSearchError for an engine that has indices and counts nothing in them */
async function summaryOf(
  engine: EngineSearch,
  { aggregations, hits, shards, missing, conditions }: FoundHits,
  period: SearchPeriod,
  groups: readonly WholeName[],
) {
  const hasEvents = hits.length > 0 || (shards > 0 && missing.length === 0);
  if (hasEvents && !isObject(memberOf(aggregations, "all")))
    throw new EngineSearchError("The search engine has counted none of its events.");
  const others = groups.flatMap(({ other }) => other ?? []);
  if (others.length === 0) return searchSummary(aggregations ?? {}, period);
  const body = await engine.ask("_search", otherGroupsBody(conditions, others));
  return searchSummary(aggregations ?? {}, period, searchResponse(body).aggregations);
}

async function latestTime(engine: EngineSearch, conditions: SearchConditions): Promise<number | undefined> {
  const [latest] = searchResponse(await engine.ask("_search", latestBody(conditions))).hits;
  return latest?.cursor[0];
}

const MAX_CLOSED_SHOWN = 3;

function closedNotes(closed: readonly string[]): string[] {
  if (closed.length === 0) return [];
  const more = closed.length - MAX_CLOSED_SHOWN;
  const names = [...closed.slice(0, MAX_CLOSED_SHOWN), ...(more > 0 ? [`${more} more`] : [])].join(", ");
  return [`No search finds what closed indices hold (${names}): open them to see their events.`];
}
