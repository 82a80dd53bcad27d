import type { StoredEvent } from "../../../local/log-events/put";
import { type NoQuery, type Query, searchQueries } from "../../../local/report/queries";
import { displayWidth } from "../../../local/report/terminal";
import { type HttpServer, startServer } from "../../support/http-server";

const NOW = Date.parse("2026-11-21T03:00:00.000Z");
const MINUTE_MS = 60_000;

/** How old the newest document is, in minutes; undefined: there is none. */
let age: number | undefined;
/** The phrases that are found. */
let isFound: (phrase: string) => boolean;
let status: number;
let server: HttpServer;

beforeEach(async () => {
  age = 1;
  isFound = () => true;
  status = 200;
  server = await startServer(({ body }, response) => {
    response
      .writeHead(status, { location: "http://127.0.0.1:9/" })
      .end(status === 200 ? JSON.stringify(answer(JSON.parse(body.toString()))) : "no such thing");
  });
});

afterEach(() => server.stop());

// biome-ignore lint/suspicious/noExplicitAny: any query
function answer({ query, aggs }: any): object {
  const isSearched = query?.multi_match ? isFound(query.multi_match.query) : age !== undefined;
  if (aggs) return { aggregations: { minutes: { buckets: isSearched ? [{ doc_count: 1 }] : [] } } };
  if (!isSearched) return {};
  return { hits: { hits: [{ _source: { "@timestamp": new Date(NOW - age! * MINUTE_MS).toISOString() } }] } };
}

const ask = (...messages: string[]) => {
  const examples = messages.map((message): StoredEvent => {
    return { id: "1", logGroup: "foo", logStream: "s", timestamp: NOW, message };
  });
  return searchQueries({ endpoint: server.origin, indexPattern: "cwl-*" }, examples, NOW) as Promise<
    (Query & NoQuery)[]
  >;
};

const phraseOf = ({ body }: Query) => JSON.parse(body).query.multi_match.query;

describe("searchQueries", () => {
  it("runs each search literally before it is shown", async () => {
    const queries = await ask("im a log");
    expect(queries).toHaveLength(3);
    const made = server.requests.map(({ target, headers, body }) => [target, headers["content-type"], body.toString()]);
    for (const { url, body } of queries) {
      expect(made).toContainEqual([url.slice(server.origin.length), "application/json", body]);
    }
  });

  it("searches the last hour, a phrase of a line and the events per minute", async () => {
    const [hour, phrase, minutes] = await ask("im a log");
    expect(JSON.parse(hour!.body)).toEqual({
      size: 3,
      sort: [{ "@timestamp": "desc" }],
      _source: ["@timestamp", "message"],
      query: { range: { "@timestamp": { gte: "now-1h" } } },
    });
    expect(phraseOf(phrase!)).toBe("im a log");
    expect(JSON.parse(minutes!.body)).toMatchObject({
      query: { range: { "@timestamp": { gte: "now-1h" } } },
      aggs: { minutes: { date_histogram: { field: "@timestamp", fixed_interval: "1m", min_doc_count: 1 } } },
    });
    expect(queriesAreNarrow([hour!, phrase!, minutes!])).toBe(true);
  });

  it("shows the informative fields of JSON lines", async () => {
    const [hour] = await ask("im a log", '{"eventName":"GetBucketAcl","cloud":"x","z":{"a":1}}');
    expect(JSON.parse(hour!.body)._source).toEqual(["@timestamp", "message", "eventName", "json.cloud"]);
  });

  it("shows at most six fields in addition to the time", async () => {
    const [hour] = await ask(...Array.from({ length: 9 }, (_, n) => `{"field${n}":1}`));
    expect(JSON.parse(hour!.body)._source).toHaveLength(7);
  });

  it("searches the last hour with lines when they are older", async () => {
    age = 45;
    const [hour, , minutes] = await ask("im a log");
    expect(hour!.title).toBe("The last hour of these lines, newest first");
    for (const { body } of [hour!, minutes!]) {
      expect(JSON.parse(body).query).toEqual({ range: { "@timestamp": { gte: "2026-11-21T01:15:00.000Z" } } });
    }
  });

  it("tries another phrase, of other lines too, when one is not found", async () => {
    isFound = (phrase) => phrase === "of another";
    const [, phrase] = await ask("a first (and a second)", "of another");
    expect(phraseOf(phrase!)).toBe("of another");
  });

  it("explains why there is no phrase", async () => {
    isFound = () => false;
    const [hour, phrase] = await ask("***");
    expect(hour!.body).toBeDefined();
    expect(phrase).toEqual({ title: "A phrase, in any field", reason: "it finds none of these lines" });
  });

  it("reports the search engine's response", async () => {
    status = 400;
    for (const { reason } of await ask("im a log")) {
      expect(reason).toBe("the search engine answered 400: no such thing");
    }
  });

  it("follows no redirect", async () => {
    status = 307;
    for (const { reason } of await ask("im a log")) expect(reason).toMatch(/^the search engine answered 307/);
  });

  it("reports that the search engine cannot be reached", async () => {
    await server.stop();
    for (const { reason } of await ask("im a log")) expect(reason).toMatch(/^the search engine cannot be reached: /);
  });

  it("escapes characters of a body that would move a cursor, without changing its meaning", async () => {
    const hostile = "\u001b\u009b2J\u202e\u2028\u00a0 ***";
    isFound = (phrase) => phrase === hostile;
    const [, phrase] = await ask(hostile);
    expect(phraseOf(phrase!)).toBe(hostile);
    expect(phrase!.body).toContain('"\\u001b\\u009b2J\\u202e\\u2028\\u00a0 ***"');
  });
});

const queriesAreNarrow = (queries: readonly Query[]) =>
  queries.every(({ body }) => body.split("\n").every((line) => displayWidth(line) < 80));
