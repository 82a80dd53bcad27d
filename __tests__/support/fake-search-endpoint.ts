import type { ServerResponse } from "node:http";
import { type HttpServer, startServer } from "./http-server";

export interface SearchedLine {
  readonly time: number;
  readonly group: string;
  readonly level?: string;
  readonly message: string;
  /** Further ones of the document. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface FakeSearchEndpoint extends HttpServer {
  /** The bodies of all searches. */
  readonly bodies: string[];
  /** When the last search came, in milliseconds since the epoch. */
  askedAt: number;
  lines: readonly SearchedLine[];
  /** `_id`s that a search for ids alone finds. */
  indexed: ReadonlySet<string>;
  /** Answers in place of the engine. */
  failure: { status: number; body: string } | undefined;
  /** Whether no period has any of the lines; searches of all times find them. */
  empty: boolean;
  /** Of three shards, how many do not answer. */
  missingShards: number;
}

/** An engine that finds all its lines, the latest first; those with a text, if the search has one; and one by its `_id`. */
export async function startFakeSearchEndpoint(): Promise<FakeSearchEndpoint> {
  const bodies: string[] = [];
  const linesFor = (body: string) => (fake.empty && body.includes('"range"') ? [] : fake.lines);
  const server = await startServer(({ target, body }, response) => {
    if (fake.failure) response.writeHead(fake.failure.status).end(fake.failure.body);
    else if (target.includes("_field_caps"))
      json(response, { fields: { level: keyword, message: keyword, "user.name": keyword } });
    // No index is closed.
    else if (target.includes("_settings")) json(response, {});
    else {
      bodies.push(body.toString());
      fake.askedAt = Date.now();
      const text = body.toString();
      const _shards = { total: 3, successful: 3 - fake.missingShards, failed: fake.missingShards };
      const answer = foundById(fake.indexed, text) ?? found(linesFor(text), text);
      json(response, { timed_out: false, _shards, ...answer });
    }
  });
  const fake: FakeSearchEndpoint = {
    ...{ ...server, bodies, askedAt: 0, lines: [], indexed: new Set() },
    ...{ failure: undefined, missingShards: 0, empty: false },
  };
  return fake;
}

const keyword = { keyword: { aggregatable: true } };

const json = (response: ServerResponse, value: unknown): void => void response.end(JSON.stringify(value));

function foundById(indexed: ReadonlySet<string>, text: string): object | undefined {
  const { query } = JSON.parse(text) as { query?: { ids?: { values: string[] } } };
  const hits = query?.ids?.values.filter((id) => indexed.has(id)).map((_id) => ({ _index: "cwl-i", _id }));
  return hits && { hits: { hits } };
}

interface FakeSearch {
  readonly size: number;
  readonly aggs?: object;
  readonly search_after?: readonly [number, string, number];
}

function found(all: readonly SearchedLine[], text: string): object {
  const { size, aggs, search_after } = JSON.parse(text) as FakeSearch;
  const id = /"ids":\{"values":\["(\d+)\.x"\]/.exec(text)?.[1];
  const word = /"simple_query_string":\{"query":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const hits = all
    .map((line, n) => ({ ...line, n }))
    .filter(
      ({ n, time, message }) =>
        (id === undefined || n === Number(id)) &&
        (word === undefined || message.includes(word)) &&
        (search_after === undefined || time < search_after[0] || (time === search_after[0] && n < search_after[2])),
    )
    .sort((a, b) => b.time - a.time);
  return {
    hits: { hits: hits.slice(0, size).map(hitOf) },
    ...(aggs && { aggregations: aggregationsOf(hits) }),
  };
}

const hitOf = ({ n, time, group, level, message, fields }: SearchedLine & { readonly n: number }) => ({
  ...{ _index: "cwl-i", _id: `${n}.x`, sort: [time, "cwl-i", n] },
  _source: {
    "@timestamp": new Date(time).toISOString(),
    aws: { cloudwatch: { log_group: group, log_stream: "stream" } },
    ...(level !== undefined && { level }),
    ...{ message, "user.name": "ada", ...fields },
  },
});

function aggregationsOf(lines: readonly SearchedLine[]): object {
  const minute = (time: number) => time - (time % 60_000);
  const count = (some: readonly unknown[]) => ({ doc_count: some.length });
  const bucket = (key: number, of: readonly SearchedLine[]) => ({
    ...{ key, ...count(of) },
    of: { buckets: { errors: count(of.filter(({ level }) => level === "error")), warnings: { doc_count: 0 } } },
  });
  const times = [...new Set(lines.map(({ time }) => minute(time)))].sort((a, b) => a - b);
  const groups = [...new Set(lines.map(({ group }) => group))];
  return {
    all: {
      ...count(lines),
      times: {
        buckets: times.map((key) =>
          bucket(
            key,
            lines.filter(({ time }) => minute(time) === key),
          ),
        ),
      },
    },
    byGroup: {
      groups0: { buckets: groups.map((key) => ({ key, ...count(lines.filter(({ group }) => group === key)) })) },
    },
    byLevel: { of: { buckets: { error: count(lines.filter(({ level }) => level === "error")) } } },
    byStatus: { of: { buckets: {} } },
  };
}
