import { searchResponse } from "../../../../local/page/search/hits";

const HIT = { _index: "i", _id: "a/b c", sort: [1, "i", 2], _source: { "@timestamp": "2026-11-28T12:00:00Z" } };
const SHARDS = { total: 3, successful: 3, skipped: 0, failed: 0 };
const WHOLE = { timed_out: false, _shards: SHARDS, hits: { hits: [HIT] } };
const answer = (more: object) => JSON.stringify({ ...WHOLE, ...more });
const failed = { reason: { reason: "Text fields are not\noptimised." } };

describe("searchResponse", () => {
  it("reads hits with each byte that the engine wrote", () => {
    const source = `{"n":9007199254740993.10,"x":"\\u003c","__proto__":{"a":1}}`;
    const body = answer({}).replace('{"@timestamp":"2026-11-28T12:00:00Z"}', source);
    const hit = { index: "i", id: "a/b c", source, cursor: [1, "i", 2] };
    expect(searchResponse(body)).toEqual({ hits: [hit], aggregations: undefined, shards: 3, missing: [] });
  });

  it("sorts an event without a time as engines do", () => {
    const [hit] = searchResponse(answer({ hits: { hits: [{ ...HIT, sort: [null, "i", 2] }] } })).hits;
    expect(hit!.cursor).toEqual([-(2 ** 63), "i", 2]);
  });

  it.each<[string, object, string]>([
    ["ran out of time", { timed_out: true }, "the search timed out. Choose a shorter period to see all."],
    [
      "lacks shards",
      { _shards: { ...SHARDS, failed: 2, failures: [failed] } },
      "2 of 3 shards did not answer (Text fields are not optimised.). Try again.",
    ],
    [
      "has shards without a copy",
      { _shards: { ...SHARDS, successful: 2 } },
      "1 of 3 shards did not answer. Try again.",
    ],
    ["lacks a cluster", { _clusters: { skipped: 1 } }, "1 of its clusters did not answer. Try again."],
  ])("says that the answer of an engine that %s is not all", (_, more, sentence) => {
    expect(searchResponse(answer(more)).missing).toEqual([`This is not all: ${sentence}`]);
  });

  it.each<[string, string]>([
    ["a page", "<html>Log in</html>"],
    ["half of one", answer({}).slice(0, -9)],
    ["nothing", ""],
    ["no shards", answer({ _shards: undefined })],
    ["nothing of its time", answer({ timed_out: undefined })],
    ["no hits", answer({ hits: {} })],
    ["hits that are no list", answer({ hits: { hits: { 0: HIT } } })],
    ...["_index", "_id", "_source", "sort"].map((name): [string, string] => [
      `a hit without ${name}`,
      answer({ hits: { hits: [{ ...HIT, [name]: undefined }] } }),
    ]),
    ["another order", answer({ hits: { hits: [{ ...HIT, sort: ["x", "i", 1] }] } })],
  ])("takes no answer with %s", (_, body) => {
    expect(() => searchResponse(body)).toThrow(/^The search engine gave no answer to this search \(/);
  });

  it("takes no answer that is too much to hold", () => {
    expect(() => searchResponse(`{"hits":[${"0,".repeat(1_000_001)}0]}`)).toThrow(
      expect.objectContaining({ failure: "too large" }),
    );
  });
});
