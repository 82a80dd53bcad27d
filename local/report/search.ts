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

/**
 * The documents with one of these ids, in all indices of the pattern: more than one for an id are duplicates.
 *
 * @throws Error with what the search engine answered
 */
export async function findByIds(location: SearchLocation, ids: readonly string[]): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const values = ids.slice(start, start + CHUNK);
    // Twice as many: room to see duplicates.
    found.push(...(await search(location, { query: { ids: { values } }, size: 2 * CHUNK })));
  }
  return found;
}

/**
 * The ids of these that are in the indices of the pattern, some at a time: each as often as there are documents with it.
 *
 * @throws Error with what the search engine answered
 */
export async function* foundIds(location: SearchLocation, ids: Iterable<string>): AsyncGenerator<string[]> {
  let values: string[] = [];
  for (const id of ids) {
    if (values.push(id) < CHUNK) continue;
    yield await foundOf(location, values);
    values = [];
  }
  if (values.length > 0) yield await foundOf(location, values);
}

async function foundOf(location: SearchLocation, values: readonly string[]): Promise<string[]> {
  const size = 2 * CHUNK;
  const hits = await search(location, { query: { ids: { values } }, size, _source: false });
  if (hits.length < size || values.length === 1) return hits.map(({ _id }) => _id);
  // More duplicates than there was room for.
  const half = values.length >>> 1;
  return [...(await foundOf(location, values.slice(0, half))), ...(await foundOf(location, values.slice(half)))];
}

async function search({ endpoint, indexPattern }: SearchLocation, query: object): Promise<FoundDocument[]> {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search`;
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(query) });
  // The shards of a new index are not there at once.
  if (response.status === 503) return [];
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return ((await response.json()) as { hits: { hits: FoundDocument[] } }).hits.hits;
}
