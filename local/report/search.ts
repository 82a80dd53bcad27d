import { setTimeout as sleep } from "node:timers/promises";

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
  const hits = await searchPatiently(location, { query: { ids: { values } }, size, _source: false });
  if (hits.length < size || values.length === 1) return hits.map(({ _id }) => _id);
  // More duplicates than there was room for.
  const half = values.length >>> 1;
  return [...(await foundOf(location, values.slice(0, half))), ...(await foundOf(location, values.slice(half)))];
}

/** An engine that takes in much may have no memory for answers, and one that has just begun no shards: not for long. */
const BUSY = [429, 503];
const BUSY_POLLS = 240;
const BUSY_POLL_MS = 500;

async function searchPatiently(location: SearchLocation, query: object): Promise<FoundDocument[]> {
  for (let polls = 0; ; polls++) {
    const response = await ask(location, query);
    if (!BUSY.includes(response.status) || polls === BUSY_POLLS) return hitsOf(response);
    await response.arrayBuffer();
    await sleep(BUSY_POLL_MS);
  }
}

async function search(location: SearchLocation, query: object): Promise<FoundDocument[]> {
  const response = await ask(location, query);
  // The shards of a new index are not there at once.
  return response.status === 503 ? [] : hitsOf(response);
}

function ask({ endpoint, indexPattern }: SearchLocation, query: object): Promise<Response> {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search`;
  const headers = { "Content-Type": "application/json" };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(query) });
}

async function hitsOf(response: Response): Promise<FoundDocument[]> {
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  }
  return ((await response.json()) as { hits: { hits: FoundDocument[] } }).hits.hits;
}
