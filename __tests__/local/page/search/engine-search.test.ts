import { engineSearch } from "../../../../local/page/search/engine-search";
import { type HttpServer, startServer } from "../../../support/http-server";

let server: HttpServer;
let answer: [status: number, body: string];

beforeAll(async () => {
  server = await startServer((_, response) => void response.writeHead(answer[0]).end(answer[1]));
});
afterAll(() => server.stop());

const ask = (endpoint = server.origin) =>
  engineSearch({ endpoint, indexPattern: "cwl-*-20*,x/y" }).ask("_search", { size: 1 });

describe("engineSearch", () => {
  it("asks the pipeline's indices", async () => {
    answer = [200, "{}"];
    expect(await ask()).toBe("{}");
    expect(server.requests.at(-1)).toMatchObject({ method: "POST", target: "/cwl-*-20*%2Cx%2Fy/_search" });
  });

  it.each([
    [
      400,
      '{"error":{"type":"x","reason":"all shards failed","caused_by":{"reason":"no such field."}}}',
      "The search engine answered 400: no such field.",
    ],
    [
      403,
      '{"error":{"reason":"no permissions"}}',
      "The search engine answered 403: no permissions. Allow this machine to search these indices.",
    ],
    [503, "<html>\u001b[31mbusy", "The search engine answered 503: <html>busy. It may be busy: try again."],
    [302, "", "The search engine answered 302: nothing."],
  ])("says what a %d means", async (status, body, message) => {
    answer = [status, body];
    await expect(ask()).rejects.toMatchObject({ message, status });
  });

  it("says what to do where nothing answers", async () => {
    await expect(ask("http://127.0.0.1:1")).rejects.toThrow(
      /^The search engine at http:\/\/127\.0\.0\.1:1 does not answer \(.+\)\. npm start -- status says whether it runs\.$/,
    );
  });
});
