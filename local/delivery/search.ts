import { SEARCH_RETRY_POLICY, type SearchRetryPolicy, searchWithRetries } from "./retrying-search";

/** A document in the search engine. */
export interface FoundDocument {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

/** Where documents are searched. */
export interface SearchLocation {
  /** An origin, without a path. */
  readonly endpoint: string;
  readonly indexPattern: string;
}

/** Well below index.max_result_window, whose default is 10,000. */
const CHUNK = 2_000;

/** Twice as many: room to see duplicates. */
const SIZE = 2 * CHUNK;

/**
 * The documents with one of these ids, in all indices of the pattern: more than one for an id are duplicates.
 *
 * @throws MachineError with what the search engine answered
 */
export async function findByIds(
  location: SearchLocation,
  ids: readonly string[],
  retryPolicy = SEARCH_RETRY_POLICY,
): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const values = ids.slice(start, start + CHUNK);
    found.push(...((await ask(location, values, {}, retryPolicy)) as FoundDocument[]));
  }
  return found;
}

/**
 * The ids of these that are in the indices of the pattern, some at a time: each as often as there are documents with it.
 *
 * @throws MachineError with what the search engine answered
 */
export async function* foundIds(
  location: SearchLocation,
  ids: Iterable<string>,
  retryPolicy = SEARCH_RETRY_POLICY,
): AsyncGenerator<string[]> {
  let values: string[] = [];
  for (const id of ids) {
    if (values.push(id) < CHUNK) continue;
    yield await foundOf(location, values, retryPolicy);
    values = [];
  }
  if (values.length > 0) yield await foundOf(location, values, retryPolicy);
}

async function foundOf(
  location: SearchLocation,
  values: readonly string[],
  retryPolicy: SearchRetryPolicy,
): Promise<string[]> {
  const hits = await ask(location, values, { _source: false }, retryPolicy);
  if (hits.length < SIZE || values.length === 1) return hits.map(({ _id }) => _id);
  // More duplicates than there was room for.
  const half = values.length >>> 1;
  return [
    ...(await foundOf(location, values.slice(0, half), retryPolicy)),
    ...(await foundOf(location, values.slice(half), retryPolicy)),
  ];
}

function ask(
  { endpoint, indexPattern }: SearchLocation,
  values: readonly string[],
  more: object,
  retryPolicy: SearchRetryPolicy,
) {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search`;
  return searchWithRetries(url, { query: { ids: { values } }, size: SIZE, ...more }, retryPolicy);
}
