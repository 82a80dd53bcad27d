import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { MAX_CONNECTIONS, type PageServer, startPageServer } from "../../../../local/page/server/page-server";
import { jsonBody, PageError, type PageSection } from "../../../../local/page/server/section";
import { MAX_OPEN_PAGES } from "../../../../local/page/shared/page-state";
import { serverSentEvents } from "../../../support/page-events";
import { emptyPage, pageLane, pageState } from "../../../support/page-state";

const section: PageSection = {
  routes: {
    "GET api/echo": { handle: async ({ query }) => ({ json: { q: query.get("q") } }) },
    "POST api/echo": { handle: async (sent) => ({ json: { sent: jsonBody(sent) } }) },
    "POST api/file": {
      body: { type: "application/octet-stream", maxBytes: 200_000, advice: "Send less." },
      async handle({ body, content }) {
        let bytes = 0;
        for await (const chunk of content!) bytes += chunk.byteLength;
        return { json: { bytes, body: body.byteLength } };
      },
    },
    "GET api/export": {
      handle: async () => ({ fileName: 'a"b\r\n/../events.ndjson', content: Readable.from(["1\n", "2\n"]) }),
    },
    "GET api/cut": {
      handle: async () => {
        const lines = (async function* () {
          yield "1\n";
          throw new Error("busy");
        })();
        return { fileName: "events.ndjson", content: Readable.from(lines) };
      },
    },
    "GET api/wrong": {
      handle: async () => {
        throw new PageError("The time is no time.", 422);
      },
    },
    "GET api/defect": {
      handle: async () => {
        throw new Error("out of order");
      },
    },
  },
};

let server: PageServer;
beforeEach(async () => {
  server = await startPageServer({ assets: emptyPage, sections: [section] });
});
afterEach(() => server.stop());

const origin = () => new URL(server.url).origin;
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}api/echo`, {
    method: "POST",
    headers: { origin: origin(), "content-type": "application/json", ...headers },
    body,
  });

/** The server learns a little later that a connection is closed. */
async function untilAnswered(url: string): Promise<number> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return response.status;
  }
}

describe("the page's server", () => {
  it("listens on 127.0.0.1, below a token of 256 random bits that differs each time", async () => {
    const other = await startPageServer({ assets: emptyPage, sections: [] });
    const [one, two] = [server, other].map(({ url }) => /^http:\/\/127\.0\.0\.1:\d+\/([\w-]{43})\/$/.exec(url)?.[1]);
    expect(one).toBeDefined();
    expect(two).toBeDefined();
    expect(one).not.toBe(two);
    await other.stop();
  });

  it("sends the page with headers that keep everything else out", async () => {
    const response = await fetch(server.url);
    expect(await response.text()).toContain('<script type="module" src="page.js">');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
  });

  it("denies a wrong token, a wrong path and a name of an object's own", async () => {
    const statuses = [`${origin()}/`, `${origin()}/x/`, `${server.url}none`, `${server.url}constructor`].map(
      async (url) => (await fetch(url)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404]);
  });

  it("denies another host", async () => {
    const { hostname, port, pathname } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `evil.example:${port}` };
      request({ hostname, port, path: pathname, headers }, ({ statusCode }) => resolve(statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it.each([
    [
      "an upgrade",
      "GET ./ HTTP/1.1",
      ["Upgrade: websocket", "Connection: Upgrade", "Origin: http://evil.example"],
      403,
    ],
    ["a preflight", "OPTIONS ./api/echo HTTP/1.1", ["Access-Control-Request-Method: POST"], 405],
    ["a way out of the page", "GET ./../../../etc/passwd HTTP/1.1", [], 404],
    ["the same, encoded", "GET ./%2e%2e/%2e%2e/etc/passwd HTTP/1.1", [], 404],
    ["another server's address", "GET http://evil.example./ HTTP/1.1", [], 404],
    ["headers without an end", "GET ./ HTTP/1.1", [`X: ${"a".repeat(100_000)}`], 431],
    ["two lengths of a body", "POST ./api/echo HTTP/1.1", ["Content-Length: 4", "Transfer-Encoding: chunked"], 400],
  ])("denies %s", async (_, line, headers, status) => {
    const { port, pathname, host } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1", () => {
        const path = pathname.slice(0, -1);
        socket.write([line.replace("./", `${path}/`), `Host: ${host}`, ...headers, "", ""].join("\r\n"));
      });
      let text = "";
      socket.on("data", (chunk) => (text += chunk));
      socket.on("error", reject).on("close", () => resolve(text));
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toMatch(/access-control-allow|<html/i);
  });

  it("has room for a number of connections, and again when they are closed", async () => {
    const { port } = new URL(server.url);
    const open = () =>
      new Promise<Socket>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => resolve(socket)).on("error", () => {});
      });
    const sockets = await Promise.all(Array.from({ length: MAX_CONNECTIONS }, open));
    await expect(fetch(server.url, { headers: { connection: "close" } })).rejects.toThrow("fetch failed");
    for (const socket of sockets) socket.destroy();
    await expect(untilAnswered(server.url)).resolves.toBe(200);
  });

  it("answers what its sections have", async () => {
    expect(await (await fetch(`${server.url}api/echo?q=a%20b`)).json()).toEqual({ q: "a b" });
    expect(await (await post('{"a":1}')).json()).toEqual({ sent: { a: 1 } });
  });

  it("denies a POST that is not the page's, too long or of another type, and one without JSON", async () => {
    expect((await post("{}", { origin: "http://evil.example" })).status).toBe(403);
    expect((await post("{}", { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(`"${"a".repeat(65_535)}"`)).status).toBe(413);
    const broken = await post("{");
    expect([broken.status, await broken.json()]).toEqual([400, { error: "The request's body is no JSON." }]);
  });

  it("hands octets to their route as they come, up to its limit, and says what to do with more", async () => {
    const send = async (body: Uint8Array | ReadableStream) => {
      const headers = { origin: origin(), "content-type": "application/octet-stream" };
      const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" };
      const response = await fetch(`${server.url}api/file`, init);
      return [response.status, await response.json()];
    };
    // Of a stream, no length is sent before.
    const stream = (bytes: number) => new Blob([new Uint8Array(bytes)]).stream();
    const tooLong = { error: "The request's body is too long. Allowed: up to 200,000 bytes. Send less." };
    expect(await send(new Uint8Array(200_000))).toEqual([200, { bytes: 200_000, body: 0 }]);
    expect(await send(stream(200_000))).toEqual([200, { bytes: 200_000, body: 0 }]);
    expect(await send(new Uint8Array(200_001))).toEqual([413, tooLong]);
    expect(await send(stream(200_001))).toEqual([413, tooLong]);
  });

  it("shows an error's message, with the status that it asks for", async () => {
    const answers = ["wrong", "defect"].map(async (name) => {
      const response = await fetch(`${server.url}api/${name}`);
      return [response.status, await response.json()];
    });
    expect(await Promise.all(answers)).toEqual([
      [422, { error: "The time is no time." }],
      [500, { error: "out of order" }],
    ]);
  });

  it("sends a file that no browser shows, by a name that no header is broken by", async () => {
    const response = await fetch(`${server.url}api/export`);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="a-b---..-events.ndjson"');
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(await response.text()).toBe("1\n2\n");
  });

  it("ends no file like a whole one when the rest of it cannot be had", async () => {
    const response = await fetch(`${server.url}api/cut`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("sends the state to a page that opens, and then what changes", async () => {
    server.show(pageState);
    const events = serverSentEvents(await fetch(`${server.url}api/state`));
    expect((await events.next()).value).toBe("retry: 1000");
    expect((await events.next()).value).toBe(`event: state\ndata: ${JSON.stringify(pageState)}`);
    // What has not changed is not sent again.
    server.show({ ...pageState });
    server.show({ ...pageState, phase: "running" });
    expect((await events.next()).value).toBe('event: patch\ndata: {"phase":["running"]}');
    const later = serverSentEvents(await fetch(`${server.url}api/state`));
    await later.next();
    expect((await later.next()).value).toBe(
      `event: state\ndata: ${JSON.stringify({ ...pageState, phase: "running" })}`,
    );
    await Promise.all([events.return(undefined), later.return(undefined)]);
  });

  it("sends line breaks of a log within one event", async () => {
    server.show({ ...pageState, plan: "a\n\nevent: b\r\u2028" });
    const events = serverSentEvents(await fetch(`${server.url}api/state`));
    await events.next();
    const [, data] = ((await events.next()).value as string).split("\ndata: ");
    expect(JSON.parse(data!)).toMatchObject({ plan: "a\n\nevent: b\r\u2028" });
    await events.return(undefined);
  });

  it("keeps nothing for a page that reads slowly but the state, and sends it the newest one then", async () => {
    server.show(pageState);
    const response = await fetch(`${server.url}api/state`);
    const megabyte = "a".repeat(1_000_000);
    for (let n = 0; n < 60; n++) server.show({ ...pageState, plan: `${n} ${megabyte}` });
    server.show({ ...pageState, plan: "the newest" });
    let bytes = 0;
    let state: unknown;
    for await (const event of serverSentEvents(response)) {
      bytes += event.length;
      if (event.startsWith("event: state")) state = JSON.parse(event.slice(event.indexOf("data: ") + 6));
      if (event.includes("the newest")) break;
    }
    expect(state).toEqual({ ...pageState, plan: "the newest" });
    // What the machine's own buffers take, of 60 MB.
    expect(bytes).toBeLessThan(20_000_000);
  });

  it("sends of 200 lanes what has changed of them", async () => {
    const lanesAt = (at: number) =>
      Array.from({ length: 200 }, (_, n) => ({
        ...{ ...pageLane, id: `${pageLane.id}${n}`, counts: { ...pageLane.counts, put: at, indexed: at } },
        history: Object.fromEntries(Array.from({ length: 300 }, (_, second) => [at - second, [500, 5_800] as const])),
      }));
    server.show({ ...pageState, at: 1_000, lanes: lanesAt(1_000) });
    const events = serverSentEvents(await fetch(`${server.url}api/state`));
    await events.next();
    const whole = (await events.next()).value as string;
    server.show({ ...pageState, at: 1_001, lanes: lanesAt(1_001) });
    const allBusy = (await events.next()).value as string;
    server.show({ ...pageState, at: 1_002, lanes: lanesAt(1_001) });
    const allIdle = (await events.next()).value as string;
    await events.return(undefined);
    // Five minutes of all lanes once, and a second of them then.
    expect(whole.length).toBeGreaterThan(1_000_000);
    expect(allBusy.length).toBeLessThan(25_000);
    expect(allIdle.length).toBeLessThan(100);
  });

  it("has room for some pages, and again when one is closed", async () => {
    const open = () => {
      const closing = new AbortController();
      return fetch(`${server.url}api/state`, { signal: closing.signal }).then(({ status }) => ({ status, closing }));
    };
    const pages = await Promise.all(Array.from({ length: MAX_OPEN_PAGES }, open));
    expect(pages.every(({ status }) => status === 200)).toBe(true);
    expect((await open()).status).toBe(503);
    pages[0]!.closing.abort();
    let again = await open();
    while (again.status === 503) again = await open();
    expect(again.status).toBe(200);
  });
});
