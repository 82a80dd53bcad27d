import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";
import { freePort } from "../../tools/processes/port";
import { forwardTo, indexOf } from "../support/engines";
import { ARRIVAL } from "../support/kinesis";

let opensearch: OpenSearch;

beforeAll(async () => {
  opensearch = await startOpenSearch();
}, 300_000);

afterAll(() => opensearch.stop());

/** Of all indices, by their names. */
async function health({ url }: OpenSearch): Promise<Record<string, string>> {
  const indices = (await (await fetch(`${url}/_cat/indices?format=json`)).json()) as {
    index: string;
    health: string;
  }[];
  return Object.fromEntries(indices.map(({ index, health }) => [index, health]));
}

describe("the local OpenSearch", () => {
  it("has green indices of what the forwarder delivers, after a crash, too", async () => {
    const deliver = (logGroup: string) =>
      forwardTo(opensearch, logGroup, [{ id: logGroup, timestamp: ARRIVAL, message: "green" }]);

    await deliver("before");
    await opensearch.restart();
    await deliver("after");

    await fetch(`${opensearch.url}/_cluster/health?wait_for_status=green`);
    expect(await health(opensearch)).toEqual({ [indexOf("before")]: "green", [indexOf("after")]: "green" });
  }, 120_000);

  it("indexes a document and finds it", async () => {
    const body = `${JSON.stringify({ create: { _index: "cwl-foo", _id: "1" } })}\n${JSON.stringify({ message: "ilikecats" })}\n`;
    const headers = { "Content-Type": "application/x-ndjson" };
    const bulk = await fetch(`${opensearch.url}/_bulk?refresh=true`, { method: "POST", headers, body });
    expect(await bulk.json()).toMatchObject({ errors: false });

    const search = await fetch(`${opensearch.url}/cwl-*/_search?q=ilikecats`);
    expect(await search.json()).toMatchObject({ hits: { hits: [{ _id: "1", _source: { message: "ilikecats" } }] } });
  });

  it("still has its documents after a crash", async () => {
    await fetch(`${opensearch.url}/kept/_create/1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ message: "ilikecats" }),
    });

    await opensearch.restart();
    await fetch(`${opensearch.url}/_cluster/health/kept?wait_for_status=green`);

    const kept = await fetch(`${opensearch.url}/kept/_doc/1`);
    expect(await kept.json()).toMatchObject({ found: true, _source: { message: "ilikecats" } });
  }, 120_000);

  it("listens on the port that it is given, after a crash, too", async () => {
    const port = await freePort();
    const fixed = await startOpenSearch({ port });
    try {
      await expect(startOpenSearch({ port })).rejects.toThrow(`cannot listen on port ${port}: java (process `);
      await fixed.restart();
      expect(fixed.url).toBe(`http://127.0.0.1:${port}`);
      expect((await fetch(fixed.url)).status).toBe(200);
    } finally {
      await fixed.stop();
    }
  }, 120_000);
});
