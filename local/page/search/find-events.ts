import type { EventCursor, SearchAnswer } from "../shared/search-answers";
import { periodOf, type SearchPeriod } from "../shared/search-times";
import type { EventSearch } from "../shared/search-view";
import { conditionsOf, MESSAGE_FIELDS, type SearchConditions } from "./conditions";
import { type EngineSearch, EngineSearchError } from "./engine-search";
import { eventRowOf } from "./event-rows";
import { type EngineResponse, searchResponse } from "./hits";
import type { IndexFields } from "./index-fields";
import { firstPageBody, PAGE_ROWS, pageBody } from "./search-body";
import { searchSummary } from "./summary";
import { searchErrors } from "./view-errors";

/** Thrown for a request that no engine is asked about; the messages say what is allowed. */
export class SearchRequestError extends Error {
  override readonly name = "SearchRequestError";
  constructor(readonly errors: readonly string[]) {
    super(errors.join("\n"));
  }
}

/** Where a search in all fields, or a text of many words, is too much for an engine. */
const TOO_MUCH =
  /too many (?:fields|clauses|nested clauses)|too_many_(?:nested_)?clauses|maxClauseCount|max_clause_count/i;

const MESSAGES_ONLY =
  "The text was looked for in messages only: a search in all fields of these indices is more than the engine allows.";

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
  const { groups } = await fields();
  const { hits, aggregations, notes } = await inMessagesIfTooMuch(
    (textFields) => conditionsOf(search, period, groups, textFields),
    (conditions) =>
      engine.ask("_search", after ? pageBody(conditions, after) : firstPageBody(conditions, period, groups)),
  );
  return {
    ...{ period, notes, rows: hits.map((hit) => eventRowOf(hit, columns)) },
    next: hits.length < PAGE_ROWS ? undefined : hits.at(-1)!.cursor,
    summary: after ? undefined : searchSummary(aggregations, period),
    tookMs: Math.round(performance.now() - begin),
  };
}

/** Searches in all fields and, where that is too much, in those that are read. */
export async function inMessagesIfTooMuch(
  conditionsIn: (textFields?: readonly string[]) => SearchConditions,
  askFor: (conditions: SearchConditions) => Promise<string>,
): Promise<EngineResponse> {
  const ask = async (textFields?: readonly string[]) => searchResponse(await askFor(conditionsIn(textFields)));
  try {
    const response = await ask();
    if (!response.notes.some((note) => TOO_MUCH.test(note))) return response;
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  try {
    const response = await ask(MESSAGE_FIELDS);
    return { ...response, notes: [MESSAGES_ONLY, ...response.notes] };
  } catch (error) {
    throw isTooMuch(error) ? new SearchRequestError(["The text has too many words: leave some out."]) : error;
  }
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof EngineSearchError && error.status !== undefined && TOO_MUCH.test(error.message);
