import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { findByIds } from "../../../local/report/search";

let server: Server;
let bodies: { query: { ids: { values: string[] } }; size: number }[];
let status: number;

beforeEach(async () => {
  bodies = [];
  status = 200;
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(JSON.parse(body));
    const hits = bodies.at(-1)!.query.ids.values.map((_id) => ({ _id }));
    response.writeHead(status).end(status === 200 ? JSON.stringify({ hits: { hits } }) : "no such thing");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});

afterEach(() => server.close());

const find = (ids: string[]) =>
  findByIds({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, indexPattern: "cwl-*" }, ids);

describe("findByIds", () => {
  it("asks for so many at a time that their duplicates stay below the result window of 10,000", async () => {
    const ids = Array.from({ length: 4_001 }, (_, n) => String(n));
    expect((await find(ids)).map(({ _id }) => _id)).toEqual(ids);
    expect(bodies.map(({ query, size }) => [query.ids.values.length, size])).toEqual([
      [2_000, 4_000],
      [2_000, 4_000],
      [1, 4_000],
    ]);
  });

  it("finds nothing while the shards of a new index are started", async () => {
    status = 503;
    await expect(find(["1"])).resolves.toEqual([]);
  });

  it("says what the search engine answered", async () => {
    status = 404;
    await expect(find(["1"])).rejects.toThrow(/cwl-\*\/_search answered 404: no such thing$/);
  });
});
