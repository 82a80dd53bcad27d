import type { ServerResponse } from "node:http";
import { findByIds } from "../../../local/delivery/search";
import { MachineError } from "../../../tools/failures/machine-error";
import { type HttpServer, startServer } from "../../support/http-server";

let engine: HttpServer;
/** What the requests are answered with, one after the other, before the engine is well. */
let odd: ((response: ServerResponse) => unknown)[];

const bodies = () => engine.requests.map(({ body }) => JSON.parse(body.toString()));
const hitsOf = (body: Buffer) => JSON.parse(body.toString()).query.ids.values.map((_id: string) => ({ _id }));
const WHOLE = { timed_out: false, _shards: { total: 2, successful: 2, skipped: 0, failed: 0 } };

beforeEach(async () => {
  odd = [];
  engine = await startServer(({ body }, response) => {
    const answer = odd.shift();
    if (answer) answer(response);
    else response.end(JSON.stringify({ ...WHOLE, hits: { hits: hitsOf(body) } }));
  });
});

afterEach(() => engine.stop());

const find = (ids: string[], { giveUpAfterMs = 60_000, requestTimeoutMs = 60_000 } = {}) =>
  findByIds({ endpoint: engine.origin, indexPattern: "cwl-*" }, ids, {
    ...{ requestTimeoutMs, giveUpAfterMs },
    intervalMs: 1,
  });

const says = (status: number, body: string | object) => (response: ServerResponse) =>
  response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
const NOTHING = { ...WHOLE, hits: { hits: [] } };

describe("findByIds", () => {
  it("searches in chunks whose duplicates stay below the result window of 10,000", async () => {
    const ids = Array.from({ length: 4_001 }, (_, n) => String(n));
    expect((await find(ids)).map(({ _id }) => _id)).toEqual(ids);
    expect(bodies().map(({ query, size }) => [query.ids.values.length, size])).toEqual([
      [2_000, 4_000],
      [2_000, 4_000],
      [1, 4_000],
    ]);
  });

  it("finds all documents of ids that have many copies each", async () => {
    const ids = Array.from({ length: 2_000 }, (_, n) => String(n));
    const copies = (id: string) => (Number(id) < 1_500 ? 4 : 1);
    odd = Array(20).fill((response: ServerResponse) => {
      const { query, size } = bodies().at(-1);
      const hits = (query.ids.values as string[]).flatMap((_id) => Array(copies(_id)).fill({ _id }));
      response.end(JSON.stringify({ ...WHOLE, hits: { hits: hits.slice(0, size) } }));
    });
    expect(await find(ids)).toHaveLength(6_500);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ["resets the connection", (response) => response.socket!.resetAndDestroy()],
    ["is busy", says(429, "")],
    ["has begun no shards", says(503, "")],
    ["is behind a gateway that fails", says(502, "<html>Bad Gateway</html>")],
    ["fails itself", says(500, { error: {} })],
    ["answers with nothing", says(200, "")],
    ["answers with an empty object", says(200, {})],
    ["answers with null", says(200, "null")],
    ["answers with hits that are none", says(200, { hits: { hits: [null] } })],
    ["answers with a page", says(200, "<html>Log in</html>")],
    ["does not say whether its shards answered", says(200, { ...NOTHING, _shards: undefined })],
    ["ran out of time", says(200, { ...NOTHING, timed_out: true })],
    ["lacks a shard", says(200, { ...NOTHING, _shards: { total: 2, successful: 1, skipped: 0, failed: 1 } })],
    ["has a shard without a copy", says(200, { ...NOTHING, _shards: { total: 2, successful: 1, failed: 0 } })],
    ["skips a cluster", says(200, { ...NOTHING, _clusters: { total: 2, successful: 1, skipped: 1 } })],
  ])("retries a search of an engine that %s", async (_, answer) => {
    odd = [answer];
    expect(await find(["1"])).toEqual([{ _id: "1" }]);
    expect(engine.requests).toHaveLength(2);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ["never answers", () => {}],
    ["begins an answer, and never ends it", (response) => response.writeHead(200).write('{"hits":')],
  ])("retries a search after the time for it, of an engine that %s", async (_, answer) => {
    odd = [answer];
    expect(await find(["1"], { requestTimeoutMs: 500 })).toEqual([{ _id: "1" }]);
    expect(odd).toEqual([]);
    expect(engine.requests.length).toBeGreaterThan(1);
  });

  it("accepts a response in which shards were skipped", async () => {
    odd = [says(200, { ...NOTHING, _shards: { total: 2, successful: 2, skipped: 1, failed: 0 } })];
    expect(await find(["1"])).toEqual([]);
  });

  it("fails in the end with the request, the last response and advice, harmless to a terminal", async () => {
    odd = Array(1_000).fill(says(502, `Bad\u001b[2J\nGateway${"!".repeat(9_999)}`));
    const error: Error = await find(["1"], { giveUpAfterMs: 20 }).catch((error) => error);
    expect(error).toBeInstanceOf(MachineError);
    expect(error.message).toMatch(
      /^The search engine gave no complete response for \d+ seconds\. The last time, http:\S+\/cwl-\*\/_search answered 502: Bad Gateway!{288}…\.\nCheck its health \(curl http:\S+\/_cluster\/health\) and/,
    );
  });

  it("reports why an engine cannot be reached", async () => {
    await engine.stop();
    await expect(find(["1"], { giveUpAfterMs: 0 })).rejects.toThrow(
      /_search could not be reached: connect ECONNREFUSED/,
    );
  });

  it.each([400, 401, 404])("fails at once with the response to status %i", async (status) => {
    odd = [says(status, "no such thing")];
    const error: Error = await find(["1"]).catch((error) => error);
    expect(error).toBeInstanceOf(MachineError);
    expect(error.message).toMatch(new RegExp(`cwl-\\*/_search answered ${status}: no such thing\\.\n`));
  });

  it("follows no redirect", async () => {
    odd = [(response) => response.writeHead(307, { location: "/elsewhere" }).end()];
    const error: Error = await find(["1"]).catch((error) => error);
    expect(error).toBeInstanceOf(MachineError);
    expect(error.message).toMatch(/_search redirects to \/elsewhere \(307\)\.\nThe forwarder follows no redirects/);
    expect(engine.requests).toHaveLength(1);
  });
});
