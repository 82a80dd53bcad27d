import { type OpenSearch, startOpenSearch } from "../../local/opensearch/opensearch";

let opensearch: OpenSearch;

beforeAll(async () => {
  opensearch = await startOpenSearch();
}, 300_000);

afterAll(() => opensearch.stop());

describe("the local OpenSearch", () => {
  it("takes a document and finds it", async () => {
    const body = `${JSON.stringify({ create: { _index: "cwl-foo", _id: "1" } })}\n${JSON.stringify({ message: "ilikecats" })}\n`;
    const headers = { "Content-Type": "application/x-ndjson" };
    const bulk = await fetch(`${opensearch.url}/_bulk?refresh=true`, { method: "POST", headers, body });
    expect(await bulk.json()).toMatchObject({ errors: false });

    const search = await fetch(`${opensearch.url}/cwl-*/_search?q=ilikecats`);
    expect(await search.json()).toMatchObject({ hits: { hits: [{ _id: "1", _source: { message: "ilikecats" } }] } });
  });

  it("has after a crash what it had taken before", async () => {
    await fetch(`${opensearch.url}/kept/_create/1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ message: "ilikecats" }),
    });

    await opensearch.restart();
    await fetch(`${opensearch.url}/_cluster/health/kept?wait_for_status=yellow`);

    const kept = await fetch(`${opensearch.url}/kept/_doc/1`);
    expect(await kept.json()).toMatchObject({ found: true, _source: { message: "ilikecats" } });
  }, 120_000);
});
