import { engineCounts } from "../../../../local/page/state/engine-counts";
import { type HttpServer, startServer } from "../../../support/http-server";
import { wholeAnswer } from "../../../support/search-answer";

const lanes = [
  { id: "one", indexPattern: "cwl-*-20*", documentsHave: { field: "aws.cloudwatch.log_group", values: ["a", "b"] } },
  { id: "two", indexPattern: "alb-*,nlb-*" },
  { id: "objects" },
];

describe("engineCounts", () => {
  let answer: object;
  let status: number;
  let engine: HttpServer;
  beforeAll(async () => {
    engine = await startServer((_, response) => response.writeHead(status).end(JSON.stringify(answer)));
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    engine.requests.length = 0;
    status = 200;
    answer = {
      ...wholeAnswer(),
      hits: { hits: [{ _id: "x" }, { _id: "x" }] },
      aggregations: {
        all: {
          doc_count: 9,
          lane0: { doc_count: 5, times: { min: 1, max: 3, sum: 8 } },
          lane1: { doc_count: 4, times: { min: null, max: null, sum: 0 } },
        },
      },
    };
  });

  it("counts all lanes and finds ids by one search", async () => {
    expect(await engineCounts(engine.origin, lanes, ["x", "y"])).toEqual({
      indexed: new Map([
        ["one", 5],
        ["two", 4],
      ]),
      times: new Map([["one", { fromMs: 1, toMs: 3, sumMs: 8 }]]),
      found: ["x"],
    });
    expect(engine.requests).toHaveLength(1);
    const { target, body } = engine.requests[0]!;
    expect(target).toBe("/cwl-*-20*%2Calb-*%2Cnlb-*/_search?ignore_unavailable=true");
    expect(JSON.parse(body.toString())).toMatchObject({
      query: { ids: { values: ["x", "y"] } },
      size: 10_000,
      aggs: {
        all: {
          global: {},
          aggs: {
            lane0: { filter: { bool: { filter: [{}, { terms: { "aws.cloudwatch.log_group": ["a", "b"] } }] } } },
            lane1: {
              filter: {
                bool: {
                  filter: [
                    { bool: { should: [{ wildcard: { _index: "alb-*" } }, { wildcard: { _index: "nlb-*" } }] } },
                  ],
                },
              },
            },
          },
        },
      },
    });
  });

  it("counts nothing while there is no index", async () => {
    answer = { ...wholeAnswer(0), hits: { hits: [] } };
    expect((await engineCounts(engine.origin, lanes, []))?.indexed.get("one")).toBe(0);
  });

  it.each([
    ["nothing", undefined],
    ["one lane only", { all: { lane0: { doc_count: 5 } } }],
    ["what is no number", { all: { lane0: { doc_count: 5 }, lane1: { doc_count: "4" } } }],
  ])("knows nothing of an engine that has indices and counts %s", async (_, aggregations) => {
    answer = { ...answer, aggregations };
    expect(await engineCounts(engine.origin, lanes, [])).toBeUndefined();
  });

  it("knows nothing without a complete answer, and asks nothing without an index", async () => {
    const whole = answer;
    answer = { ...whole, timed_out: true };
    expect(await engineCounts(engine.origin, lanes, [])).toBeUndefined();
    answer = { ...whole, _shards: { total: 2, successful: 1, failed: 1 } };
    expect(await engineCounts(engine.origin, lanes, [])).toBeUndefined();
    answer = { ...whole, _shards: undefined };
    expect(await engineCounts(engine.origin, lanes, [])).toBeUndefined();
    status = 429;
    expect(await engineCounts(engine.origin, lanes, [])).toBeUndefined();
    expect(await engineCounts("http://127.0.0.1:1", lanes, [])).toBeUndefined();
    engine.requests.length = 0;
    expect(await engineCounts(engine.origin, [lanes[2]!], [])).toBeUndefined();
    expect(engine.requests).toEqual([]);
  });
});
