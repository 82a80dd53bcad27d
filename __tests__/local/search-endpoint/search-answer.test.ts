import fc from "fast-check";
import { EngineRequestError } from "../../../local/search-endpoint/engine-request";
import { searchAnswer } from "../../../local/search-endpoint/search-answer";
import { wholeAnswer } from "../../support/search-answer";

const WHOLE = { ...wholeAnswer(3), hits: { hits: [{ _id: "a" }] } };
const { _shards: SHARDS } = WHOLE;
const read = (more: object) => searchAnswer(JSON.stringify({ ...WHOLE, ...more }));

describe("searchAnswer", () => {
  it("reads what an engine has found and counted, and that nothing is missing", () => {
    expect(read({ aggregations: { a: 1 } })).toEqual({
      ...{ hits: [{ _id: "a" }], aggregations: { a: 1 }, shards: 3 },
      ...{ missing: undefined, shardReason: undefined },
    });
  });

  it.each<[string, object, string]>([
    ["timed out", { timed_out: true }, "the search timed out"],
    ["lacks shards", { _shards: { ...SHARDS, successful: 1, failed: 2 } }, "2 of 3 shards did not answer"],
    ["has shards without a copy", { _shards: { ...SHARDS, successful: 2 } }, "1 of 3 shards did not answer"],
    ["has failures beside its shards", { _shards: { ...SHARDS, failed: 1 } }, "1 of 3 shards did not answer"],
    ["skips a cluster", { _clusters: { total: 2, successful: 1, skipped: 1 } }, "1 of its clusters did not answer"],
  ])("says what is missing of an engine that %s", (_, more, missing) => {
    expect(read(more).missing).toBe(missing);
  });

  it.each<[string, object, string]>([
    ["no shards", { _shards: undefined }, "it does not say how many of its _shards answered"],
    ["shards without a number", { _shards: { failed: 0 } }, "it does not say how many of its _shards answered"],
    [
      "more shards than there are",
      { _shards: { ...SHARDS, successful: 4 } },
      "it does not say how many of its _shards",
    ],
    ["a fraction of a shard", { _shards: { ...SHARDS, total: 3.5 } }, "it does not say how many of its _shards"],
    ["shards as text", { _shards: { total: "3", successful: "3", failed: "0" } }, "it does not say how many of its"],
    ["nothing of its time", { timed_out: undefined }, "it does not say whether it timed_out"],
    ["clusters that are none", { _clusters: { skipped: "x" } }, "it does not say how many of its _clusters"],
    ["hits that are none", { hits: { hits: [{}] } }, "it has no hits, each with its _id"],
    ["no hits", { hits: [] }, "it has no hits, each with its _id"],
    ["hits of another name", { hits: {}, "hits.hits": [{ _id: "a" }] }, "it has no hits, each with its _id"],
  ])("takes no answer with %s, and tells what it was", (_, more, why) => {
    const body = JSON.stringify({ ...WHOLE, ...more });
    expect(() => searchAnswer(body)).toThrow(`gave no answer to this search (${why}`);
    expect(() => searchAnswer(body)).toThrow(body.slice(0, 100));
  });

  it("tells what it was on one harmless line of some length", () => {
    expect(() => searchAnswer(`<html>\u001b[2J\n${"x".repeat(10_000)}`)).toThrow(
      /^gave no answer to this search \(it is no JSON object\): <html> x{20,300}…$/,
    );
  });

  it("reads an answer or throws its own error, whatever it is given", () => {
    const members = fc.record(
      { timed_out: fc.anything(), _shards: fc.anything(), _clusters: fc.anything(), hits: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          members.map((one) => JSON.stringify({ ...WHOLE, ...one })),
        ),
        (body) => {
          try {
            expect(searchAnswer(body).shards).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(EngineRequestError);
          }
        },
      ),
    );
  });
});
