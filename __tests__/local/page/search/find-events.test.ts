import { EngineSearchError } from "../../../../local/page/search/engine-search";
import { findEvents } from "../../../../local/page/search/find-events";
import { SearchRequestError } from "../../../../local/page/search/view-errors";
import { mergeRows } from "../../../../local/page/shared/merge-rows";
import { defaultView, type EventSearch } from "../../../../local/page/shared/search-view";
import { fakeEngineSearch, KNOWN_FIELDS } from "../../../support/fake-engine-search";
import { wholeAnswer } from "../../../support/search-answer";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const NOTHING = JSON.stringify({ ...wholeAnswer(0), hits: { hits: [] } });
/** The beginning of an answer. */
const WHOLE = JSON.stringify(wholeAnswer()).slice(0, -1);

const eventAt = (n: number) => ({ _index: `i${n % 2}`, _id: `${n}`, time: NOW - (n % 3), sequence: n % 20 });

const find = (engine: Parameters<typeof findEvents>[0], search: Partial<EventSearch> = {}) =>
  findEvents(engine, KNOWN_FIELDS, { search: { ...defaultView(), ...search }, columns: [] }, NOW);

describe("findEvents", () => {
  it("finds all events page by page, each once", async () => {
    const events = Array.from({ length: 230 }, (_, n) => {
      return eventAt(n);
    });
    const engine = fakeEngineSearch(events);
    let { rows, next } = await find(engine);
    for (let pages = 1; next; pages++) {
      expect(pages).toBeLessThan(20);
      const page = await findEvents(engine, KNOWN_FIELDS, { search: defaultView(), columns: [], after: next }, NOW);
      expect(page.summary).toBeUndefined();
      rows = mergeRows(rows, page.rows);
      next = page.next;
    }
    expect(rows.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(events.map((_, n) => n));
  });

  it("searches the period alone, to the millisecond", async () => {
    let body: unknown;
    const engine = {
      async ask(_api: string, asked?: object) {
        body ??= asked;
        return NOTHING;
      },
    };
    expect((await find(engine)).period).toEqual({ from: NOW - 900_000, to: NOW });
    expect(body).toMatchObject({
      query: {
        bool: { filter: [{ range: { "@timestamp": { gte: NOW - 900_000, lt: NOW, format: "epoch_millis" } } }] },
      },
    });
  });

  it("says all that is wrong with a request, and asks no engine", async () => {
    const engine = { ask: () => Promise.reject(new Error("asked")) };
    const error = await find(engine, { from: "x", text: "y ".repeat(501), statuses: ["9xx", "1 OR 2"] }).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(SearchRequestError);
    expect(error.errors).toEqual([
      expect.stringMatching(/^from is "x"\. Allowed: now,/),
      "The text has 1002 characters. Allowed: up to 1000.",
      "The text has 501 words. Allowed: up to 50.",
      expect.stringMatching(/^status is "9xx"\. Allowed: 2xx/),
      expect.stringMatching(/^status is "1 OR 2"\./),
    ]);
  });

  it.each([
    [
      "an error",
      () =>
        Promise.reject(
          new EngineSearchError(
            "answered 400: field expansion matches too many fields, limit: 1024, got: 1500",
            "status",
            400,
          ),
        ),
    ],
    [
      "a shard's",
      async () =>
        '{"timed_out":false,"_shards":{"total":1,"successful":0,"failed":1,"failures":[{"reason":{"reason":"too_many_clauses: maxClauseCount is set to 1024"}}]},"hits":{"hits":[]}}',
    ],
  ])("looks in messages where all fields are too many: %s", async (_, tooMany) => {
    const fields: unknown[] = [];
    const engine = {
      ask: async (_api: string, body?: object) => {
        const asked = /"simple_query_string":\{"query":"cat","fields":(\[[^\]]*\])/.exec(JSON.stringify(body))![1]!;
        fields.push(JSON.parse(asked));
        return asked === '["*"]' ? tooMany() : NOTHING;
      },
    };
    const { notes } = await find(engine, { text: "cat" });
    // The last asks for the latest event.
    expect(fields).toEqual([["*"], ...Array(2).fill(expect.arrayContaining(["message", "msg"]))]);
    expect(notes).toEqual([expect.stringMatching(/^The text was looked for in messages only/)]);
  });

  it("says that it is not all, and counts no less than there is", async () => {
    const shards = '"timed_out":false,"_shards":{"total":2,"successful":1,"failed":0}';
    const engine = { ask: async () => `{${shards},"hits":{"hits":[]},"aggregations":{"all":{"doc_count":7}}}` };
    expect(await find(engine)).toMatchObject({
      ...{ isWhole: false, summary: { total: 7 }, latest: undefined },
      notes: ["This is not all: 1 of 2 shards did not answer. Try again."],
    });
  });

  it("takes no events that are not counted", async () => {
    const hit = '{"_index":"i","_id":"1","sort":[1,"i",1],"_source":{}}';
    const engine = { ask: async () => `${WHOLE},"hits":{"hits":[${hit}]}}` };
    await expect(find(engine)).rejects.toThrow("The search engine has counted none of its events.");
  });

  it.each([
    ["nothing", {}],
    ["no number", { all: { doc_count: "7" } }],
    ["less than nothing", { all: { doc_count: -1 } }],
    ["times that are none", { all: { doc_count: 1, times: { buckets: [{ key: "<b>", doc_count: 1 }] } } }],
    ["levels that are none", { all: { doc_count: 1 }, byLevel: { of: { buckets: { error: { doc_count: {} } } } } }],
    ["log groups that are none", { all: { doc_count: 1 }, byGroup: { groups0: { buckets: ["foo"] } } }],
  ])("takes no answer of an engine that has counted %s", async (_, aggregations) => {
    const engine = { ask: async () => JSON.stringify({ ...wholeAnswer(), hits: { hits: [] }, aggregations }) };
    await expect(find(engine)).rejects.toThrow(
      /^The search engine has counted (?:none of its|something else than) events/,
    );
  });

  it("says when the latest event was, where there is none in the period", async () => {
    const latest = '{"_index":"i","_id":"1","sort":[1795000000000,"i",1],"_source":{}}';
    const bodies: string[] = [];
    const engine = {
      async ask(_api: string, body?: object) {
        bodies.push(JSON.stringify(body));
        return bodies.length === 1 ? NOTHING : `${WHOLE},"hits":{"hits":[${latest}]}}`;
      },
    };
    expect((await find(engine, { text: "cat", levels: ["error"] })).latest).toBe(1_795_000_000_000);
    expect(bodies[1]).not.toContain('"range"');
    expect(bodies[1]).toMatch(/"cat".*"ERROR"/);
  });

  it("asks for fewer events where so many are too large, and goes on from there", async () => {
    const sizes: number[] = [];
    const { ask } = fakeEngineSearch(Array.from({ length: 60 }, (_, n) => eventAt(n)));
    const engine = {
      ask(api: string, body?: object) {
        const { size } = body as { size: number };
        sizes.push(size);
        if (size > 20) throw new EngineSearchError("large", "too large");
        return ask(api, body);
      },
    };
    const { rows, next } = await find(engine);
    expect([sizes, rows.length, next]).toEqual([[50, 25, 12], 12, rows.at(-1)!.cursor]);
  });

  it("names closed indices, of which nothing is found", async () => {
    const fields = async () => ({ ...(await KNOWN_FIELDS()), closed: ["a", "b", "c", "d", "e"] });
    const { notes } = await findEvents(fakeEngineSearch([]), fields, { search: defaultView(), columns: [] }, NOW);
    expect(notes).toEqual([
      "No search finds what closed indices hold (a, b, c, 2 more): open them to see their events.",
    ]);
  });

  it("finds and counts log groups by whole names where they are text in some indices only", async () => {
    const bodies: string[] = [];
    const groups = (name: string) =>
      `{"all":{"doc_count":0},"byGroup":{"groups0":{"buckets":[{"key":"foo","doc_count":2},{"key":"${name}","doc_count":3}]}}}`;
    const engine = {
      async ask(_api: string, body?: object) {
        bodies.push(JSON.stringify(body));
        return `${WHOLE},"hits":{"hits":[]},"aggregations":${groups(bodies.length === 1 ? "text" : "whole")}}`;
      },
    };
    const fields = async () => ({ ...(await KNOWN_FIELDS()), groups: [{ exact: "g.keyword", other: "g" }] });
    const search = { ...defaultView(), groups: ["foo"] };
    const { summary } = await findEvents(engine, fields, { search, columns: [] }, NOW);
    expect(summary!.groups).toEqual([
      { value: "foo", count: 4 },
      { value: "text", count: 3 },
      { value: "whole", count: 3 },
    ]);
    expect(bodies[0]).toContain(
      JSON.stringify([
        { terms: { "g.keyword": ["foo"] } },
        { bool: { filter: [{ terms: { g: ["foo"] } }], must_not: [{ exists: { field: "g.keyword" } }] } },
      ]),
    );
    expect(bodies[1]).toContain('{"terms":{"field":"g","size":100}}');
  });

  it("says so where the text itself is too much", async () => {
    const engine = {
      ask: () => Promise.reject(new EngineSearchError("answered 400: too_many_nested_clauses", "status", 400)),
    };
    await expect(find(engine, { text: "a b" })).rejects.toThrow("The text has too many words: leave some out.");
  });
});
