import { isObject, memberOf } from "../../../core/json/object";
import type { SearchLocation } from "../../delivery/search";
import { requestEngine } from "../../search-endpoint/engine-request";
import { isCount, MAX_HITS, searchAnswer } from "../../search-endpoint/search-answer";
import { anyOf, STATUS_FIELDS } from "../search/conditions";
import { eventRowOf } from "../search/event-rows";
import type { PagePut, PutLine, PutMark } from "../shared/put";
import { isSearchTime } from "../shared/search-times";

/** What is asked in one search. */
export interface PutQuestion {
  /** Puts whose documents are counted. */
  readonly puts: readonly { readonly id: number; readonly mark: PutMark }[];
  /** `_id`s of documents that are shown; 100 at most. */
  readonly rowIds: readonly string[];
  /** `_id`s that are looked for. */
  readonly ids: readonly string[];
}

export interface CountedPut {
  /** Documents of the put, with copies. */
  readonly count: number;
  readonly period: PagePut["period"];
}

export type FoundRow = NonNullable<PutLine["became"]>;

export interface PutAnswer {
  /** By the id of the put. */
  readonly counts: ReadonlyMap<number, CountedPut>;
  /** By the `_id` of the document. */
  readonly rows: ReadonlyMap<string, FoundRow>;
  /** One for each document with one of the ids. */
  readonly found: readonly string[];
  /** Whether `found` is of all of them: an engine returns so many hits, and there may be copies. */
  readonly isAllFound: boolean;
}

/** Maximum number of `ids`: so many are found although each has a copy. */
export const MAX_PUT_IDS = MAX_HITS / 2;

/** Source: OpenSearch documentation, "Index settings": index.max_inner_result_window. */
const MAX_ROWS = 100;

/** A search that gets no answer is repeated a second later. */
const TIMEOUT_MS = 10_000;

/** Asks all that is to be known of the puts that are in flight in one search. @throws Error also for an answer that is not whole */
export async function searchPuts(
  { endpoint, indexPattern }: SearchLocation,
  question: PutQuestion,
): Promise<PutAnswer> {
  const url = `${endpoint}/${encodeURIComponent(indexPattern)}/_search?ignore_unavailable=true`;
  const asking = { url, body: searchBody(question), timeoutMs: TIMEOUT_MS };
  const answer = await requestEngine(asking)
    .then(searchAnswer)
    .catch((error: Error) => {
      throw new Error(`The search engine at ${endpoint} ${error.message}.`);
    });
  // Where there is no index yet, nothing is counted.
  const isEmpty = !answer.aggregations && answer.shards === 0;
  if (!isEmpty && !question.puts.every(({ id }) => isCount(docCountOf(answer.aggregations, id)))) {
    throw new Error(`The search engine at ${endpoint} answered a search without its counts.`);
  }
  if (answer.missing !== undefined) throw new Error(`The search engine's answer is not whole: ${answer.missing}.`);
  const rows = memberOf(answer.aggregations, "all.rows.hits.hits.hits");
  return {
    counts: new Map(question.puts.map(({ id }) => [id, countOf(answer.aggregations, id)])),
    rows: new Map((Array.isArray(rows) ? rows : []).filter(isObject).map(rowOf)),
    found: answer.hits.map(({ _id }) => _id),
    isAllFound: answer.hits.length < MAX_HITS,
  };
}

function searchBody({ puts, rowIds, ids }: PutQuestion): object {
  // What is counted and shown is of all documents, not of those that are looked for.
  const counts = puts.map(({ id, mark }) => [
    `put${id}`,
    { filter: withMark(mark), aggs: { from: { min: time }, to: { max: time } } },
  ]);
  const rows = { filter: byIds(rowIds), aggs: { hits: { top_hits: { size: MAX_ROWS } } } };
  return {
    ...{ size: ids.length > 0 ? MAX_HITS : 0, _source: false, track_total_hits: false, query: byIds(ids) },
    aggs: { all: { global: {}, aggs: { ...Object.fromEntries(counts), rows } } },
  };
}

const time = { field: "@timestamp" };

const byIds = (values: readonly string[]): object => ({ ids: { values } });

/** In an index without the template, the field is a text with a keyword in it. */
const withMark = ({ field, value }: PutMark): object =>
  anyOf([field, `${field}.keyword`].map((name) => ({ term: { [name]: value } })));

function countOf(aggregations: unknown, id: number): CountedPut {
  const counted = memberOf(aggregations, `all.put${id}`);
  const [from, to] = ["from.value", "to.value"].map((name) => memberOf(counted, name));
  // No search has a period of other times.
  const isKnown = isSearchTime(from) && isSearchTime(to);
  return {
    count: Number(docCountOf(aggregations, id) ?? 0),
    period: isKnown ? { from: Math.floor(from), to: Math.floor(to) + 1 } : undefined,
  };
}

const docCountOf = (aggregations: unknown, id: number): unknown => memberOf(aggregations, `all.put${id}.doc_count`);

function rowOf({ _index, _id, _source }: Record<string, unknown>): [string, FoundRow] {
  const hit = {
    index: String(_index),
    id: String(_id),
    source: JSON.stringify(_source ?? {}),
    cursor: [0, "", 0] as const,
  };
  const { level, message, columns } = eventRowOf(hit, STATUS_FIELDS);
  const status = STATUS_FIELDS.map((name) => columns[name]).find((value) => value !== undefined);
  return [hit.id, { ...(level !== undefined && { level }), ...(status !== undefined && { status }), message }];
}
