import { SEARCH_RETRY_POLICY } from "../delivery/retrying-search";
import type { SearchLocation } from "../delivery/search";
import type { StoredEvent } from "../log-events/put";
import { informativeFields } from "./message";
import { phrasesOf } from "./phrases";
import { displayWidth } from "./terminal";

/** A search that was tested and found documents. */
export interface Query {
  readonly title: string;
  readonly url: string;
  /** JSON, formatted for readers. */
  readonly body: string;
  /** The search engine's response, indented. */
  readonly answer: string;
}

/** A search that is not shown, and why. */
export interface NoQuery {
  readonly title: string;
  readonly reason: string;
}

/** Of a body's lines, without indent, braces and quotes. */
const MAX_COLUMNS = 74;

/** Of a body's lines after the first. */
const INDENT = " ".repeat(4);

/** Maximum number of fields that a query shows in addition to the time. */
const MAX_FIELDS = 6;

/** Number of documents that a query shows. */
const SIZE = 3;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `now-1h` is used only for lines younger than this: it must still find them when someone runs it. */
const YOUNG_MS = 30 * MINUTE_MS;

/**
 * Returns three searches that find `examples` or events put with them: the last hour, a phrase of one of them, and the number of
 * events per minute. Each was run literally and found documents.
 *
 * @param now milliseconds since the epoch
 */
export async function searchQueries(
  search: SearchLocation,
  examples: readonly StoredEvent[],
  now = Date.now(),
): Promise<(Query | NoQuery)[]> {
  const documents = `${search.endpoint}/${encodeURIComponent(search.indexPattern)}/_search?pretty&filter_path=**._source`;
  const buckets = documents.replace(/_source$/, "buckets");
  const newest = await newestTime(documents);
  const isOld = newest !== undefined && now - newest > YOUNG_MS;
  const hour = isOld ? "The last hour of these lines" : "The last hour";
  const from = isOld ? new Date(newest - HOUR_MS).toISOString() : "now-1h";
  const range = `"query":{"range":{"@timestamp":{"gte":"${from}"}}}`;
  const fields = new Set(examples.flatMap(({ message }) => informativeFields(message)));
  const shown = `"_source":${json(["@timestamp", ...[...fields].slice(0, MAX_FIELDS)])}`;
  const size = `"size":${SIZE}`;
  const byPhrase = examples
    .flatMap(({ message }) => phrasesOf(message))
    .map((phrase) => bodyOf(size, shown, `"query":{"multi_match":{"type":"phrase","query":${json(phrase)}}}`));
  return [
    await firstThatFinds(`${hour}, newest first`, documents, [
      bodyOf(size, '"sort":[{"@timestamp":"desc"}]', shown, range),
    ]),
    await firstThatFinds("A phrase, in any field", documents, byPhrase),
    await firstThatFinds(`${hour}, events per minute`, buckets, [
      bodyOf(
        '"size":0',
        range,
        '"aggs":{"minutes":{"date_histogram":{"field":"@timestamp"',
        '"fixed_interval":"1m","min_doc_count":1}}}',
      ),
    ]),
  ];
}

/** Time of the newest document, in milliseconds since the epoch; undefined if the search fails. */
async function newestTime(url: string): Promise<number | undefined> {
  const query = '{"size":1,"sort":[{"@timestamp":"desc"}],"_source":["@timestamp"]}';
  const newest = await firstThatFinds("", url, [query]);
  if (!("answer" in newest)) return undefined;
  const { hits } = JSON.parse(newest.answer) as { hits: { hits: { _source: { "@timestamp": string } }[] } };
  return Date.parse(hits.hits[0]!._source["@timestamp"]);
}

/** A JSON object from parts of its text: the first is on the line of `curl`'s options, the others below. */
function bodyOf(first: string, ...parts: readonly string[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)},${part}`;
    if (lines.length > 0 && displayWidth(longer) <= MAX_COLUMNS) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return `{${[first, ...lines].join(`,\n${INDENT}`)}}`;
}

/** JSON with characters escaped that are invisible or would reorder or break a line; emoji stay whole. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/(?! |\u200c|\u200d)[\p{C}\p{Z}]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** Returns the first of these searches that finds anything. @param bodies each is JSON */
export async function firstThatFinds(title: string, url: string, bodies: readonly string[]): Promise<Query | NoQuery> {
  let reason = "it finds none of these lines";
  for (const body of bodies) {
    try {
      const headers = { "Content-Type": "application/json" };
      const signal = AbortSignal.timeout(SEARCH_RETRY_POLICY.requestTimeoutMs);
      const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
      const answer = await response.text();
      if (response.ok && findsAny(answer)) return { title, url, body, answer };
      if (!response.ok) reason = `the search engine answered ${response.status}: ${answer.slice(0, 200)}`;
    } catch (error) {
      reason = `the search engine cannot be reached: ${(error as Error).message}`;
    }
  }
  return { title, reason };
}

function findsAny(answer: string): boolean {
  const { hits, aggregations = {} } = JSON.parse(answer) as {
    hits?: { hits?: unknown[] };
    aggregations?: Record<string, { buckets?: unknown[] }>;
  };
  const found = [hits?.hits, ...Object.values(aggregations).map(({ buckets }) => buckets)];
  return found.some((each) => each !== undefined && each.length > 0);
}
