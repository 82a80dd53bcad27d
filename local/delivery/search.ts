import { MAX_HITS } from "../search-endpoint/search-answer";
import { SEARCH_RETRY_POLICY, type SearchRetryPolicy, searchWithRetries } from "./retrying-search";

/** A document in the search engine. */
export interface FoundDocument {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

/** Where to search for documents. */
export interface SearchLocation {
  /** An origin, without a path. */
  readonly endpoint: string;
  readonly indexPattern: string;
}

/** Well below index.max_result_window, whose default is 10,000. */
const CHUNK = 2_000;

/** Room for a duplicate of each. */
const SIZE = 2 * CHUNK;

/**
 * Finds the documents with one of these ids, in all indices of the pattern; several for one id are duplicates.
 *
 * @throws MachineError with the search engine's response
 */
export async function findByIds(
  location: SearchLocation,
  ids: readonly string[],
  retryPolicy = SEARCH_RETRY_POLICY,
): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const values = ids.slice(start, start + CHUNK);
    found.push(...((await hitsOf(location, values, {}, retryPolicy)) as FoundDocument[]));
  }
  return found;
}

/**
 * Finds the ids that are in the indices of the pattern, in chunks: once for each document.
 *
 * @throws MachineError with the search engine's response
 */
export async function* foundIds(
  location: SearchLocation,
  ids: Iterable<string>,
  retryPolicy = SEARCH_RETRY_POLICY,
): AsyncGenerator<string[]> {
  let values: string[] = [];
  for (const id of ids) {
    if (values.push(id) < CHUNK) continue;
    yield idsOf(await hitsOf(location, values, NO_SOURCE, retryPolicy));
    values = [];
  }
  if (values.length > 0) yield idsOf(await hitsOf(location, values, NO_SOURCE, retryPolicy));
}

/**
 * Finds the ids that are in the indices of the pattern, by one search: once for each document, so far as an engine returns so many.
 *
 * @throws MachineError with the search engine's response
 */
export async function foundAtOnce(
  location: SearchLocation,
  ids: readonly string[],
  retryPolicy = SEARCH_RETRY_POLICY,
): Promise<{ readonly ids: readonly string[]; readonly isAll: boolean }> {
  const hits = await ask(location, ids, { ...NO_SOURCE, size: MAX_HITS }, retryPolicy);
  return { ids: idsOf(hits), isAll: hits.length < MAX_HITS };
}

type Hits = Awaited<ReturnType<typeof searchWithRetries>>;

const idsOf = (hits: Hits): string[] => hits.map(({ _id }) => _id);

const NO_SOURCE = { _source: false };

async function hitsOf(
  location: SearchLocation,
  values: readonly string[],
  more: object,
  retryPolicy: SearchRetryPolicy,
): Promise<Hits> {
  const hits = await ask(location, values, { ...more, size: SIZE }, retryPolicy);
  if (hits.length < SIZE || values.length === 1) return hits;
  // There may be more duplicates than hits were asked for.
  const half = values.length >>> 1;
  return [
    ...(await hitsOf(location, values.slice(0, half), more, retryPolicy)),
    ...(await hitsOf(location, values.slice(half), more, retryPolicy)),
  ];
}

function ask(
  { endpoint, indexPattern }: SearchLocation,
  values: readonly string[],
  more: object,
  retryPolicy: SearchRetryPolicy,
) {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search`;
  return searchWithRetries(url, { query: { ids: { values } }, ...more }, retryPolicy);
}
