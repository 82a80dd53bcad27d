import dns from "node:dns";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { type HttpServer, startServer } from "../../support/http-server";
import { answering, type RawServer, startRawServer } from "../../support/raw-server";
import { skippedUnless } from "../../support/skipped";
import { REQUEST, TRANSPORTS } from "../../support/transports";

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

describe.each(TRANSPORTS)("%s", (_, transport) => {
  const servers: (HttpServer | RawServer)[] = [];
  const sockets = new Set<Socket>();

  async function prepare(answer: (response: ServerResponse) => void = (response) => response.end("ok")) {
    const server = await startServer((_, response, { socket }) => {
      sockets.add(socket);
      answer(response);
    });
    servers.push(server);
    return { server, send: transport(server.origin) };
  }

  async function prepareRaw(...[connected, host]: Parameters<typeof startRawServer>) {
    const server = await startRawServer(connected, host);
    servers.push(server);
    return { server, send: transport(server.origin) };
  }

  afterEach(async () => {
    sockets.clear();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it.each([200, 201, 204, 301, 400, 403, 413, 429, 503])(
    "resolves with a status of %i and its body",
    async (status) => {
      const body = status === 204 ? "" : "why";
      const { send } = await prepare((response) => response.writeHead(status, { location: "/" }).end(body));
      expect(await send(REQUEST)).toEqual({ status, body });
    },
  );

  it.each<[string, string[], number]>([
    ["seconds", ["7"], 7000],
    ["a date", ["Fri, 31 Dec 9999 23:59:59 GMT"], expect.any(Number)],
    ["a date that has passed", ["Fri, 31 Dec 1999 23:59:59 GMT"], 0],
    ["one header of several", ["7", "9"], 7000],
  ])("resolves with the wait of a Retry-After in %s", async (_, value, retryAfterMs) => {
    const { send } = await prepare((response) => response.setHeader("retry-after", value).writeHead(429).end());
    expect(await send(REQUEST)).toEqual({ status: 429, body: "", ...(retryAfterMs !== 0 && { retryAfterMs }) });
  });

  it("decodes a character that arrives in two parts", async () => {
    const [first, second] = [Buffer.from([0xc3]), Buffer.from([0xa4])];
    const { send } = await prepare((response) => {
      response.socket!.setNoDelay(true);
      response.write(first, () => setTimeout(() => response.end(second), 20));
    });
    expect(await send(REQUEST)).toEqual({ status: 200, body: "\u00e4" });
  });

  it("decodes bytes that are not UTF-8, and a byte order mark, as the other transport does", async () => {
    const { send } = await prepare((response) => response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xe2, 0x82])));
    expect(await send(REQUEST)).toEqual({ status: 200, body: "\ufeffa\ufffd\ufffd" });
  });

  it("receives a response of many megabytes", async () => {
    const text = "0123456789abcde\n".repeat(1024 * 1024);
    const { send } = await prepare((response) => response.end(text));
    const { body } = await send(REQUEST);
    expect(body === text).toBe(true);
  });

  it("receives a response of exactly the size that the request allows", async () => {
    const [head, body] = ["HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n", "x".repeat(1000)];
    const { send } = await prepareRaw(answering([head, body]));
    expect(await send({ ...REQUEST, maxResponseBytes: head.length + body.length })).toEqual({ status: 200, body });
  });

  it("allows each request over a connection its own size", async () => {
    const { send } = await prepare((response) => response.end("x".repeat(1000)));
    for (let i = 0; i < 5; i++)
      expect(await send({ ...REQUEST, maxResponseBytes: 1500 })).toMatchObject({ status: 200 });
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it.each([
    ["of HTTP/1.0, ended by the connection's end", "ok", ["HTTP/1.0 200 OK\r\n\r\n", "o", "k"]],
    ["of HTTP/1.1, ended by the connection's end", "ok", ["HTTP/1.1 200 OK\r\n\r\n", "o", "k"]],
    ["without a body", "", ["HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"]],
    [
      "in chunks with a trailer",
      "okay",
      ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n", "2\r\nay\r\n0\r\nx: y\r\n\r\n"],
    ],
    [
      "after 103 Early Hints",
      "ok",
      ["HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"],
    ],
  ])("receives a response %s", async (_, body, parts) => {
    const { send } = await prepareRaw(answering(parts, (socket) => socket.end()));
    expect(await send(REQUEST)).toEqual({ status: 200, body });
  });

  it("sends method, path, headers and body as given", async () => {
    const { server, send } = await prepare();
    await send({ ...REQUEST, headers: { ...REQUEST.headers, Host: "signed.example", "X-Amz-Date": "now" } });
    await send({ ...REQUEST, method: "PUT", path: "/a%20b?x=%2F", body: Buffer.alloc(0) });
    await send({ ...REQUEST, method: "GET", path: "/", body: Buffer.alloc(0) });
    const { body, path } = REQUEST;
    expect(server.requests).toMatchObject([
      { method: "POST", target: path, body, headers: { host: "signed.example", "x-amz-date": "now" } },
      { method: "PUT", target: "/a%20b?x=%2F", body: Buffer.alloc(0), headers: { "content-length": "0" } },
      { method: "GET", target: "/", body: Buffer.alloc(0), headers: { "content-type": "application/x-ndjson" } },
    ]);
    expect(server.requests[2]!.headers).not.toHaveProperty("content-length");
  });

  it.each(["Content-Length", "content-length", "another"])(
    "sends a body by its length, not in chunks: %s",
    async (name) => {
      const { server, send } = await prepare();
      const body = Buffer.alloc(3_000_000, "abc");
      await send({ ...REQUEST, headers: { [name]: String(body.length) }, body });
      const [{ headers, body: received }] = server.requests as [(typeof server.requests)[number]];
      expect(headers).toMatchObject({ "content-length": "3000000" });
      expect(headers).not.toHaveProperty("transfer-encoding");
      expect(received.equals(body)).toBe(true);
    },
  );

  it("keeps connections open for the requests that follow", async () => {
    const { send } = await prepare();
    for (let i = 0; i < 10; i++) await send(REQUEST);
    // The pool may open a second one before it has seen that the first is free.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it("sends concurrent requests over connections of their own, none queued after another", async () => {
    const waiting: ServerResponse[] = [];
    const { send } = await prepare((response) => {
      waiting.push(response);
      if (waiting.length === 3) for (const each of waiting) each.end("ok");
    });
    const statuses = await Promise.all([send(REQUEST), send(REQUEST), send(REQUEST)]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("looks up the host again after its connections were closed, as a blue/green deployment does", async () => {
    const { server } = await prepare();
    const lookup = jest
      .spyOn(dns, "lookup")
      .mockImplementation(((_host: string, options: object, done: (...args: unknown[]) => void) =>
        "all" in options && options.all
          ? done(null, [{ address: "127.0.0.1", family: 4 }])
          : done(null, "127.0.0.1", 4)) as never);
    const send = transport(server.origin.replace("127.0.0.1", "search.invalid"));
    await send(REQUEST);
    for (const socket of sockets) socket.destroy();
    await send(REQUEST).catch(() => send(REQUEST));
    expect(lookup.mock.calls.map(([host]) => host)).toEqual(["search.invalid", "search.invalid"]);
    lookup.mockRestore();
  });

  skippedUnless(hasIpv6, "IPv6").it("reaches an IPv6 address", async () => {
    const { send } = await prepareRaw(answering(["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"]), "::1");
    expect(await send(REQUEST)).toEqual({ status: 200, body: "ok" });
  });

  it("leaves no timer behind, which would keep a process from ending", async () => {
    const { send } = await prepare();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    for (let i = 0; i < 10; i++) await send({ ...REQUEST, timeoutMs: 60_000 });
    await nextTurn();
    // What Node.js and the pools themselves keep does not grow with the requests.
    expect(timers() - before).toBeLessThan(5);
  });

  /** Sends a body that is answered at its first part; the buffer then holds "Z" only. Returns the bytes that arrive. */
  async function sendAnsweredEarly(size: number): Promise<Buffer> {
    const received: Buffer[] = [];
    const { server, send } = await prepareRaw((socket) => {
      socket.on("data", (data) => received.push(data));
      socket.once("data", () => {
        socket.pause();
        socket.write("HTTP/1.1 503 busy\r\ncontent-length: 0\r\n\r\n", () => setTimeout(() => socket.resume(), 60));
      });
    });
    const body = Buffer.alloc(size, "a");
    expect(await send({ ...REQUEST, body })).toEqual({ status: 503, body: "" });
    body.fill("Z");
    // Time for what still waits to be sent.
    await sleep(150);
    await server.stop();
    return Buffer.concat(received);
  }

  it("sends nothing that the buffer holds after an early response, however much the network has taken by then", async () => {
    const taken = (await sendAnsweredEarly(40_000_000)).length;
    for (const size of [10, 60_000, 100_000, ...[-64, -48, -32, -16, 0, 16].map((kib) => taken + kib * 1024)]) {
      expect((await sendAnsweredEarly(size)).includes("Z")).toBe(false);
    }
  });

  it("closes the connection of a body that is answered early, and sends no more of it", async () => {
    const { server, send } = await prepareRaw((socket) =>
      socket.once("data", () => {
        socket.pause();
        socket.write("HTTP/1.1 503 busy\r\ncontent-length: 0\r\n\r\n", () => setTimeout(() => socket.resume(), 100));
      }),
    );
    const body = Buffer.alloc(40_000_000);
    expect(await send({ ...REQUEST, body })).toMatchObject({ status: 503 });
    await server.closed;
    expect(server.received).toBeLessThan(body.length);
  });
});
