import { MESSAGE_FIELDS, type SearchConditions } from "./conditions";
import { EngineSearchError } from "./engine-search";
import { type EngineResponse, searchResponse } from "./hits";
import { SearchRequestError } from "./view-errors";

/** Where a search in all fields, or a text of many words, is too much for an engine. */
const TOO_MUCH =
  /too many (?:fields|clauses|nested clauses)|too_many_(?:nested_)?clauses|maxClauseCount|max_clause_count/i;

const MESSAGES_ONLY =
  "The text was looked for in messages only: a search in all fields of these indices is more than the engine allows.";

/** The size of a page is halved so long as its events are too large together, in rows. */
const MIN_ROWS = 10;

/** Asks for fewer events, where so many are more than the engine's answer may have in bytes. @returns with the size that was asked for */
export async function fewerIfTooLarge<T>(
  size: number,
  askFor: (size: number) => Promise<T>,
): Promise<T & { readonly size: number }> {
  for (let rows = size; ; rows = Math.max(MIN_ROWS, Math.floor(rows / 2))) {
    try {
      return { ...(await askFor(rows)), size: rows };
    } catch (error) {
      if (!(error instanceof EngineSearchError) || error.failure !== "too large" || rows <= MIN_ROWS) throw error;
    }
  }
}

export interface FoundHits extends EngineResponse {
  /** Those that were asked for. */
  readonly conditions: SearchConditions;
  /** Sentences about what was looked for in part only. */
  readonly notes: readonly string[];
}

/** Searches in all fields and, where that is too much, in those that are read. */
export async function inMessagesIfTooMuch(
  conditionsIn: (textFields?: readonly string[]) => SearchConditions,
  askFor: (conditions: SearchConditions) => Promise<string>,
): Promise<FoundHits> {
  const ask = async (conditions: SearchConditions) => ({
    ...searchResponse(await askFor(conditions)),
    conditions,
  });
  try {
    const found = await ask(conditionsIn());
    if (!found.missing.some((sentence) => TOO_MUCH.test(sentence))) return { ...found, notes: [] };
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  try {
    return { ...(await ask(conditionsIn(MESSAGE_FIELDS))), notes: [MESSAGES_ONLY] };
  } catch (error) {
    throw isTooMuch(error) ? new SearchRequestError(["The text has too many words: leave some out."]) : error;
  }
}

const isTooMuch = (error: unknown): boolean =>
  error instanceof EngineSearchError && error.status !== undefined && TOO_MUCH.test(error.message);
