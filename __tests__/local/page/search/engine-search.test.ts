import { EngineSearchError, engineSearch, patientSearch } from "../../../../local/page/search/engine-search";
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
      "answered 400: no such field.",
    ],
    [
      403,
      '{"error":{"reason":"no permissions"}}',
      "answered 403: no permissions. Allow this machine to search these indices.",
    ],
    [503, "<html>\u001b[31mbusy", "answered 503: <html>busy. It may be busy: try again."],
    [302, "", "redirects to nowhere (302). Give the engine's own address."],
  ])("says what a %d means", async (status, body, message) => {
    answer = [status, body];
    await expect(ask()).rejects.toMatchObject({
      message: `The search engine at ${server.origin} ${message}`,
      status,
    });
  });

  it("says what to do where nothing answers", async () => {
    await expect(ask("http://127.0.0.1:1")).rejects.toThrow(
      /^The search engine at http:\/\/127\.0\.0\.1:1 could not be reached: .+\. npm start -- status says whether it runs\.$/,
    );
  });
});

describe("engineSearch, of what an engine may do", () => {
  const asked = (limits: { timeoutMs: number; maxBytes: number }) =>
    engineSearch({ endpoint: server.origin, indexPattern: "cwl-*" }, limits).ask("_search", {});

  it("reads no more than it can hold, however much comes", async () => {
    answer = [200, "x".repeat(3 * 2 ** 20)];
    await expect(asked({ timeoutMs: 5_000, maxBytes: 2 ** 21 })).rejects.toMatchObject({
      message: `The search engine at ${server.origin} answered with more than 2 MiB.`,
      failure: "too large",
    });
    expect(await asked({ timeoutMs: 5_000, maxBytes: 2 ** 22 })).toHaveLength(3 * 2 ** 20);
  });

  it("waits no longer than it says", async () => {
    const silent = await startServer(() => {});
    const ask = engineSearch({ endpoint: silent.origin, indexPattern: "i" }, { timeoutMs: 20, maxBytes: 1 }).ask;
    await expect(ask("_search", {})).rejects.toThrow(
      "gave no complete response within 0.02 seconds. Choose a shorter period, or try again.",
    );
    await silent.stop();
  });
});

describe("patientSearch", () => {
  const failing = (errors: readonly EngineSearchError[]) => {
    const left = [...errors];
    let asked = 0;
    const ask = async () => {
      asked++;
      const error = left.shift();
      if (error) throw error;
      return "{}";
    };
    return { engine: patientSearch({ ask }, [1, 1]), times: () => asked };
  };
  const busy = new EngineSearchError("busy", "status", 429);
  const away = new EngineSearchError("away", "unreachable");

  it("asks again while the engine is busy or away, and gives up in the end", async () => {
    const soon = failing([busy, away]);
    expect(await soon.engine.ask("_search", {})).toBe("{}");
    const never = failing([busy, busy, away, busy]);
    await expect(never.engine.ask("_search", {})).rejects.toBe(away);
    expect([soon.times(), never.times()]).toEqual([3, 3]);
  });

  it("asks once for what stays wrong", async () => {
    const denied = failing([new EngineSearchError("denied", "status", 403)]);
    await expect(denied.engine.ask("_search", {})).rejects.toThrow("denied");
    expect(denied.times()).toBe(1);
  });
});
