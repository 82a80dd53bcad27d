import { HOUR_MS } from "../../core/events/durations";
import { type IndexLayouts, indexNameOf, indexPatterns } from "../../core/events/index-layout";
import { ownedIndices } from "../../core/indices/owned-indices";
import { isObject } from "../../core/json/object";
import type { EngineClient } from "./engine-client";
import { EngineMemoryError, PageTooLargeError, UnseenError } from "./unseen-error";

/** Events from `fromMs` on and before `toMs`; of one log group and account, or of all; or lines of access logs. */
export interface DocumentRange {
  fromMs: number;
  toMs: number;
  logGroup?: string | undefined;
  account?: string | undefined;
  accessLogs?: AccessLogsPlace | undefined;
}

/** The objects of a bucket whose keys begin with a prefix. */
export interface AccessLogsPlace {
  bucket: string;
  prefix: string;
}

/** A document as a search finds it. */
export interface IndexedDocument {
  index: string;
  id: string;
  /** Undefined unless it was asked for. */
  source?: Record<string, unknown> | undefined;
}

/** One copy of a document, and what a conditional request names. */
export interface DocumentCopy extends IndexedDocument {
  seqNo: number;
  primaryTerm: number;
}

/** The indices whose period has any of the range's hours. */
export interface RangeIndices {
  /** Those that can be searched. */
  open: string[];
  /** Those that are closed. */
  closed: string[];
}

/** Documents of a page without their contents, and with them. */
const PAGE = 10_000;
const PAGE_WITH_SOURCE = 500;

/** Source: OpenSearch "Scroll": how long the engine keeps a search between two of its pages. */
const KEEP_ALIVE = "5m";

/** Of the names in one path: engines take a first line of 4,096 bytes. */
const MAX_PATH_BYTES = 3000;

/** Documents in other indices than their own that are looked at. Source: OpenSearch `index.max_result_window`. */
const MAX_ELSEWHERE = 10_000;

/** Documents that are named in one request. */
const BATCH = 500;

/** The field with the key of a line's object. */
export const OBJECT_KEY = "aws.s3.object.key";

/** Reads the documents of a pipeline's indices. Each method throws what {@link EngineClient} throws. */
export class IndexDocuments {
  constructor(
    private readonly client: EngineClient,
    private readonly layouts: IndexLayouts,
  ) {}

  private get patterns(): string {
    return indexPatterns(this.layouts)
      .map((pattern) => encodeURIComponent(pattern).replaceAll("*", "%2A"))
      .join(",");
  }

  /** Returns the indices whose period has any time of the range. */
  async indicesOf(range: DocumentRange): Promise<RangeIndices> {
    const { fromMs, toMs, logGroup } = range;
    const query = "format=json&h=index,status&expand_wildcards=all";
    const { list = [] } = await this.client.get("GET", `/_cat/indices/${this.patterns}?${query}`);
    const closed = new Set(list.flatMap((row) => (isObject(row) && row.status === "close" ? [row.index] : [])));
    const names = ownedIndices(this.layouts, list)
      .filter(({ start, end }) => start < toMs && end > fromMs)
      .map(({ name }) => name)
      .filter((name) => logGroup === undefined || this.namesOf(logGroup, range).has(name));
    return {
      open: names.filter((name) => !closed.has(name)),
      closed: names.filter((name) => closed.has(name)),
    };
  }

  /** Returns the names of the indices of a log group's events: boundaries between names are whole hours. */
  private namesOf(logGroup: string, { fromMs, toMs }: DocumentRange): Set<string> {
    const names = new Set([indexNameOf(this.layouts, logGroup, toMs - 1)]);
    for (let ms = fromMs; ms < toMs; ms += HOUR_MS) names.add(indexNameOf(this.layouts, logGroup, ms));
    return names;
  }

  /** Returns the number of documents in the range. */
  async count(indices: readonly string[], range: DocumentRange): Promise<number> {
    let sum = 0;
    for (const path of pathsOf(indices)) {
      const { json } = await this.client.get("POST", `/${path}/_count`, { query: queryOf(range) });
      checkShards(json);
      if (typeof json?.count !== "number") throw new UnseenError("the search endpoint counts no documents");
      sum += json.count;
    }
    return sum;
  }

  /** Whether any index of the pipeline has a document of the range. */
  async hasAny(range: DocumentRange): Promise<boolean> {
    const options = "ignore_unavailable=true&allow_no_indices=true";
    const body = { size: 1, query: queryOf(range), _source: false, track_total_hits: true };
    const { json } = await this.client.get("POST", `/${this.patterns}/_search?${options}`, body);
    return hitsIn(json).length > 0;
  }

  /**
   * Yields the documents of the range, page by page. They are all that the engine has, or it throws.
   *
   * @param withSource whether with their contents
   * @param maxPage maximum number of documents in a page. @default as many as fit, as a rule
   */
  async *scan(
    indices: readonly string[],
    range: DocumentRange,
    withSource: boolean,
    maxPage = withSource ? PAGE_WITH_SOURCE : PAGE,
  ): AsyncGenerator<IndexedDocument[]> {
    for (const path of pathsOf(indices)) yield* this.scanPath(path, range, withSource, maxPage);
  }

  private async *scanPath(path: string, range: DocumentRange, withSource: boolean, size: number) {
    const body = { size, query: queryOf(range), sort: ["_doc"], _source: withSource, track_total_hits: true };
    let page = await this.client.get("POST", `/${path}/_search?scroll=${KEEP_ALIVE}`, body);
    let scrollId = page.json?._scroll_id;
    try {
      const total = totalOf(page.json);
      let found = 0;
      for (;;) {
        const documents = documentsIn(page.json);
        found += documents.length;
        if (documents.length > 0) yield documents;
        if (documents.length === 0 || found >= total) break;
        // Not again: a page whose response is lost is gone.
        page = await this.client.get("POST", "/_search/scroll", { scroll: KEEP_ALIVE, scroll_id: scrollId }, 1);
        scrollId = page.json?._scroll_id ?? scrollId;
      }
      if (found !== total) throw new UnseenError(`of ${total} documents the search endpoint returns ${found}`);
    } finally {
      // It ends by itself otherwise, after some minutes.
      await this.client.ask("DELETE", "/_search/scroll", { scroll_id: scrollId }, 1).catch(() => {});
    }
  }

  /** Returns documents of the range that are in further indices of the pipeline, where no event of the range belongs. */
  async elsewhere(indices: readonly string[], range: DocumentRange): Promise<IndexedDocument[]> {
    const query = { bool: { filter: [queryOf(range)], must_not: [{ terms: { _index: indices } }] } };
    const options = "ignore_unavailable=true&allow_no_indices=true";
    const body = { size: MAX_ELSEWHERE, query, _source: false, track_total_hits: true };
    const { json } = await this.client.get("POST", `/${this.patterns}/_search?${options}`, body);
    const total = totalOf(json);
    const documents = documentsIn(json);
    if (documents.length !== total) {
      throw new UnseenError(
        `${total} documents are in indices of other periods than their own: more than can be named`,
      );
    }
    return documents;
  }

  /** Returns every copy of documents that is in any index of the pipeline. */
  async copiesOf(ids: readonly string[]): Promise<DocumentCopy[]> {
    const copies: DocumentCopy[] = [];
    for (const values of batches(ids)) {
      const options = "ignore_unavailable=true&allow_no_indices=true";
      const body = {
        size: MAX_ELSEWHERE,
        query: { ids: { values } },
        _source: FACTS,
        seq_no_primary_term: true,
        track_total_hits: true,
      };
      const { json } = await this.client.get("POST", `/${this.patterns}/_search?${options}`, body);
      const hits = hitsIn(json);
      if (hits.length !== totalOf(json)) throw new UnseenError("a document has more copies than can be named");
      copies.push(...hits.map(copyOf));
    }
    return copies;
  }

  /**
   * Returns the documents that are there now, also those that no search finds yet.
   *
   * @param withSource whether with their whole contents. @default with time, log group and account
   */
  async present(wanted: readonly IndexedDocument[], withSource = false): Promise<DocumentCopy[]> {
    const found: DocumentCopy[] = [];
    for (const batch of batches(wanted, withSource ? BATCH / 10 : BATCH)) {
      found.push(...(await this.presentOf(batch, withSource)));
    }
    return found;
  }

  private async presentOf(batch: readonly IndexedDocument[], withSource: boolean): Promise<DocumentCopy[]> {
    const docs = batch.map(({ index, id }) => ({ _index: index, _id: id, _source: withSource ? true : FACTS }));
    const answer = await this.client.get("POST", "/_mget", { docs }).catch((error) => {
      const isTooLarge = error instanceof PageTooLargeError || error instanceof EngineMemoryError;
      if (!isTooLarge || batch.length === 1) throw error;
    });
    if (!answer) {
      const half = Math.ceil(batch.length / 2);
      const first = await this.presentOf(batch.slice(0, half), withSource);
      return [...first, ...(await this.presentOf(batch.slice(half), withSource))];
    }
    const items = Array.isArray(answer.json?.docs) ? answer.json.docs.filter(isObject) : [];
    if (items.length !== batch.length) throw new UnseenError("the search endpoint leaves out documents that are named");
    for (const item of items) {
      if (isObject(item.error) && !MISSING_INDEX.test(String(item.error.type))) {
        throw new UnseenError(`a document cannot be read: ${String(item.error.type)}`);
      }
    }
    return items.filter(({ found }) => found === true).map(copyOf);
  }

  /** Lets searches find what was written. */
  async refresh(): Promise<void> {
    await this.client.ask("POST", `/${this.patterns}/_refresh?ignore_unavailable=true&allow_no_indices=true`);
  }
}

/** What is asked of a document that is named: never its message. */
const FACTS = ["@timestamp", "aws.cloudwatch.log_group", "cloud.account.id", OBJECT_KEY];

const MISSING_INDEX = /^index_not_found_exception$/;

/** Documents of the range that a forwarder has written, or of access logs, which have no log group. */
function queryOf({ fromMs, toMs, logGroup, account, accessLogs }: DocumentRange): object {
  const range = { gte: new Date(fromMs).toISOString(), lt: new Date(toMs).toISOString() };
  const filter: object[] = [{ range: { "@timestamp": range } }];
  if (accessLogs) return { bool: { filter: [...filter, ...ofAccessLogs(accessLogs)] } };
  filter.push({ exists: { field: "aws.cloudwatch.log_group" } });
  if (logGroup !== undefined) filter.push(keyword("aws.cloudwatch.log_group", logGroup));
  if (account !== undefined) filter.push(keyword("cloud.account.id", account));
  return { bool: { filter } };
}

function ofAccessLogs({ bucket, prefix }: AccessLogsPlace): object[] {
  const ofBucket = keyword("aws.s3.bucket.name", bucket);
  return prefix === "" ? [ofBucket] : [ofBucket, keyword(OBJECT_KEY, prefix, "prefix")];
}

/** Without the pipeline's template an engine makes a text of it, with the keyword below. */
const keyword = (field: string, value: string, query: "term" | "prefix" = "term"): object => ({
  bool: {
    should: [{ [query]: { [field]: value } }, { [query]: { [`${field}.keyword`]: value } }],
    minimum_should_match: 1,
  },
});

/** Returns the indices' names as parts of paths, each of which an engine takes. */
function pathsOf(indices: readonly string[]): string[] {
  const paths: string[] = [];
  for (const name of indices.map(encodeURIComponent)) {
    const last = paths.at(-1);
    if (last !== undefined && last.length + name.length < MAX_PATH_BYTES) paths[paths.length - 1] = `${last},${name}`;
    else paths.push(name);
  }
  return paths;
}

function* batches<T>(items: readonly T[], size = BATCH): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** @throws UnseenError for a search that did not see every shard */
function checkShards(json: Record<string, unknown> | undefined): void {
  const shards = json?._shards;
  if (!isObject(shards) || shards.failed !== 0) {
    const failed = isObject(shards) ? `${shards.failed} of ${shards.total} shards failed` : "no number of shards";
    throw new UnseenError(`the search endpoint sees a part of the index only: ${failed}`);
  }
  if (json?.timed_out === true) throw new UnseenError("the search endpoint sees a part of the index only: timed out");
}

function hitsIn(json: Record<string, unknown> | undefined): Record<string, unknown>[] {
  checkShards(json);
  const hits = isObject(json?.hits) ? json.hits.hits : undefined;
  if (!Array.isArray(hits)) throw new UnseenError("the search endpoint returns no hits");
  return hits.filter(isObject);
}

function totalOf(json: Record<string, unknown> | undefined): number {
  const total = isObject(json?.hits) ? json.hits.total : undefined;
  const value = isObject(total) ? total.value : total;
  if (typeof value !== "number") throw new UnseenError("the search endpoint returns no number of hits");
  return value;
}

const documentsIn = (json: Record<string, unknown> | undefined): IndexedDocument[] => hitsIn(json).map(documentOf);

function documentOf({ _index, _id, _source }: Record<string, unknown>): IndexedDocument {
  if (typeof _index !== "string" || typeof _id !== "string") throw new UnseenError("a hit has no index or no id");
  return { index: _index, id: _id, ...(isObject(_source) && { source: _source }) };
}

const copyOf = (hit: Record<string, unknown>): DocumentCopy => ({
  ...documentOf(hit),
  seqNo: Number(hit._seq_no),
  primaryTerm: Number(hit._primary_term),
});
