import { EngineSearchError } from "../../../../local/page/search/engine-search";
import { findEvents, SearchRequestError } from "../../../../local/page/search/find-events";
import { mergeRows } from "../../../../local/page/shared/merge-rows";
import { defaultView, type EventSearch } from "../../../../local/page/shared/search-view";
import { fakeEngineSearch, KNOWN_FIELDS } from "../../../support/fake-engine-search";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const NOTHING = '{"_shards":{"total":1,"successful":1},"hits":{"hits":[]}}';

const find = (engine: Parameters<typeof findEvents>[0], search: Partial<EventSearch> = {}) =>
  findEvents(engine, KNOWN_FIELDS, { search: { ...defaultView(), ...search }, columns: [] }, NOW);

describe("findEvents", () => {
  it("finds all events page by page, each once", async () => {
    const events = Array.from({ length: 230 }, (_, n) => {
      return { _index: `i${n % 2}`, _id: `${n}`, time: NOW - (n % 3), sequence: n % 20 };
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
        body = asked;
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
          new EngineSearchError("answered 400: field expansion matches too many fields, limit: 1024, got: 1500", 400),
        ),
    ],
    [
      "a shard's",
      async () =>
        '{"_shards":{"total":1,"successful":0,"failures":[{"reason":{"reason":"too_many_clauses: maxClauseCount is set to 1024"}}]},"hits":{"hits":[]}}',
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
    expect(fields).toEqual([["*"], expect.arrayContaining(["message", "msg"])]);
    expect(notes).toEqual([expect.stringMatching(/^The text was looked for in messages only/)]);
  });

  it("says so where the text itself is too much", async () => {
    const engine = { ask: () => Promise.reject(new EngineSearchError("answered 400: too_many_nested_clauses", 400)) };
    await expect(find(engine, { text: "a b" })).rejects.toThrow("The text has too many words: leave some out.");
  });
});
