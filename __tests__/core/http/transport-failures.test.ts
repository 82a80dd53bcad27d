import dns from "node:dns";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { failureReason } from "../../../core/http/failure-reason";
import { selfSigned } from "../../../tools/certificate";
import { type HttpServer, startServer } from "../../support/http-server";
import { answering, type RawServer, startRawServer } from "../../support/raw-server";
import { REQUEST, TRANSPORTS } from "../../support/transports";

const HEAD = "HTTP/1.1 200 OK\r\n";
const reset = (socket: Socket) => socket.resetAndDestroy();
const end = (socket: Socket) => socket.end();

type Lookup = (...args: unknown[]) => void;

/** The code, or without one the name, of the error that a request fails with. */
const failureOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    (response) => `resolved with ${JSON.stringify(response)}`,
    ({ code, name }) => (typeof code === "string" ? code : name),
  );

describe.each(TRANSPORTS)("%s", (_, transport) => {
  const servers: (Pick<HttpServer, "stop"> | RawServer)[] = [];

  async function prepare(answer: (response: ServerResponse) => void) {
    const sockets = new Set<Socket>();
    const server = await startServer((_, response, { socket }) => {
      sockets.add(socket);
      answer(response);
    });
    servers.push(server);
    return { server, sockets, send: transport(server.origin) };
  }

  async function prepareRaw(connected?: (socket: Socket) => void) {
    const server = await startRawServer(connected);
    servers.push(server);
    return { server, send: transport(server.origin) };
  }

  async function prepareTls(host: string) {
    const server = createHttpsServer(selfSigned(host), (_, response) => response.end("ok")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()));
    servers.push({ stop });
    return transport(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it("rejects when nothing listens, and with a message", async () => {
    const { server, send } = await prepareRaw();
    await server.stop();
    expect(await failureOf(send(REQUEST))).toBe("ECONNREFUSED");
    expect(await send(REQUEST).catch(failureReason)).toMatch(/ECONNREFUSED/);
  });

  it("rejects when the host is unknown", async () => {
    expect(await failureOf(transport("http://no-such-host.invalid")(REQUEST))).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it.each<[string, (socket: Socket) => void]>([
    ["closed before the request", end],
    ["closed before the response", answering([], end)],
    ["reset before the response", answering([], reset)],
    ["closed within the status line", answering(["HTTP/1.1 2"], end)],
    ["closed within the headers", answering([HEAD, "a: b\r\n"], end)],
    ["closed within the body", answering([HEAD, "content-length: 10\r\n\r\n", "half"], end)],
    ["reset within the body", answering([HEAD, "content-length: 10\r\n\r\n", "half"], reset)],
    ["closed within a chunk", answering([HEAD, "transfer-encoding: chunked\r\n\r\n", "5\r\nha"], end)],
    ["reset between chunks", answering([HEAD, "transfer-encoding: chunked\r\n\r\n", "2\r\nha\r\n"], reset)],
    ["closed before the last chunk", answering([HEAD, "connection: close\r\ntransfer-encoding: chunked\r\n\r\n"], end)],
    [
      "closed within the body of a last response",
      answering([HEAD, "connection: close\r\ncontent-length: 9\r\n\r\n"], end),
    ],
    ["closed after 103 Early Hints", answering(["HTTP/1.1 103 Early Hints\r\n\r\n"], end)],
    ["another protocol's from now on", answering(["HTTP/1.1 101 New\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"])],
  ])("rejects when the connection is %s", async (_, connected) => {
    const { send } = await prepareRaw(connected);
    expect(await failureOf(send(REQUEST))).toBe("ECONNRESET");
  });

  it("closes a connection that switches to another protocol", async () => {
    const { server, send } = await prepareRaw(
      answering(["HTTP/1.1 101 New\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"]),
    );
    await send(REQUEST).catch(() => {});
    await server.closed;
  });

  it("rejects when the connection is reset while the body is being sent", async () => {
    const { send } = await prepareRaw((socket) => socket.once("data", () => reset(socket)));
    expect(await failureOf(send({ ...REQUEST, body: Buffer.alloc(10_000_000) }))).toMatch(/^(ECONNRESET|EPIPE)$/);
  });

  it.each([
    ["what is no HTTP", ["SSH-2.0-OpenSSH_9.2\r\n"]],
    ["a header without a name", [HEAD, ": b\r\n\r\n"]],
    ["a length that is no number", [HEAD, "content-length: x\r\n\r\n"]],
    ["a chunk size that is no number", [HEAD, "transfer-encoding: chunked\r\n\r\nx\r\n"]],
    ["headers of more than 16 KiB", [HEAD, `a: ${"b".repeat(20_000)}\r\n\r\n`]],
  ])("rejects a response with %s", async (_, parts) => {
    const { send } = await prepareRaw(answering(parts));
    expect(await failureOf(send(REQUEST))).toMatch(/^HPE_/);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["does not begin", () => {}],
    ["does not end", (response) => response.writeHead(200, { "content-length": 10 }).write("half")],
    ["trickles", trickle],
  ])("rejects when a response %s within the time limit", async (_, answer) => {
    const { send } = await prepare(answer);
    const sent = send({ ...REQUEST, timeoutMs: 80 });
    expect(await failureOf(sent)).toBe("TimeoutError");
    expect(await sent.catch(failureReason)).toBe("no complete response in time");
  });

  it.each<[string, string, string]>([
    ["body", `${HEAD}\r\n`, "x".repeat(65_536)],
    ["chunked body", `${HEAD}transfer-encoding: chunked\r\n\r\n`, `10000\r\n${"x".repeat(65_536)}\r\n`],
    ["chunked body of single bytes", `${HEAD}transfer-encoding: chunked\r\n\r\n`, "1\r\nx\r\n".repeat(10_000)],
    ["series of interim responses", "", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(1000)],
    ["series of interim responses without headers", "", "HTTP/1.1 102 Processing\r\n\r\n".repeat(1000)],
  ])("ends a request whose response is an endless %s, and closes its connection", async (_, head, part) => {
    const { server, send } = await prepareRaw((socket) => socket.once("data", () => endless(socket, head, part)));
    const sent = send({ ...REQUEST, maxResponseBytes: 1_000_000 });
    expect(await failureOf(sent)).toBe("RESPONSE_TOO_LONG");
    expect(await sent.catch(failureReason)).toBe("the response is longer than the request's limit");
    await server.closed;
  });

  it.each<[string, string, string]>([
    ["header", HEAD, "a: b\r\n".repeat(10_000)],
    ["header value", `${HEAD}a: `, "b".repeat(65_536)],
    ["series of trailers", `${HEAD}transfer-encoding: chunked\r\n\r\n0\r\n`, "a: b\r\n".repeat(10_000)],
  ])("ends a request whose response has an endless %s, and closes its connection", async (_, head, part) => {
    const { server, send } = await prepareRaw((socket) => socket.once("data", () => endless(socket, head, part)));
    expect(await failureOf(send(REQUEST))).toMatch(/^HPE_/);
    await server.closed;
  });

  it("works again after a response that was too long", async () => {
    const answers = ["x".repeat(1_000_000)];
    const { send } = await prepare((response) => response.end(answers.shift() ?? "ok"));
    const limited = { ...REQUEST, maxResponseBytes: 10_000 };
    expect(await failureOf(send(limited))).toBe("RESPONSE_TOO_LONG");
    expect(await send(limited)).toEqual({ status: 200, body: "ok" });
  });

  it("rejects when no connection is established within the time limit of the request", async () => {
    const { server } = await prepareRaw();
    const send = transport(server.origin.replace("http:", "https:"));
    expect(await failureOf(send({ ...REQUEST, timeoutMs: 50 }))).toBe("TimeoutError");
  });

  it("closes the connection of a request that timed out: its late response would be taken for the next one's", async () => {
    const { sockets, send } = await prepare(() => {});
    // Long enough for the request to arrive.
    expect(await failureOf(send({ ...REQUEST, timeoutMs: 1_000 }))).toBe("TimeoutError");
    const [socket] = [...sockets] as [Socket];
    if (!socket.destroyed) await once(socket, "close");
    expect(sockets.size).toBe(1);
  });

  it("sends nothing of a request that timed out before it had a connection", async () => {
    const { server } = await prepareRaw();
    let found = () => {};
    const lookup = jest.spyOn(dns, "lookup").mockImplementation(((
      _: string,
      options: dns.LookupOptions,
      done: Lookup,
    ) => {
      const address = { address: "127.0.0.1", family: 4 };
      found = () => (options.all ? done(null, [address]) : done(null, address.address, address.family));
    }) as never);
    const send = transport(server.origin.replace("127.0.0.1", "search.invalid"));
    expect(await failureOf(send({ ...REQUEST, timeoutMs: 50 }))).toBe("TimeoutError");
    found();
    await sleep(100);
    expect(server.received).toBe(0);
    lookup.mockRestore();
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["before the response", (response) => response.socket!.destroy()],
    [
      "within the response",
      (response) => response.writeHead(200, { "content-length": 10 }).write("half", () => response.socket!.destroy()),
    ],
  ])("works again after a connection that broke %s", async (_, breakOff) => {
    const answers = [breakOff];
    const { send } = await prepare((response) => (answers.shift() ?? (() => response.end("ok")))(response));
    expect(await failureOf(send(REQUEST))).toBe("ECONNRESET");
    expect(await send(REQUEST)).toEqual({ status: 200, body: "ok" });
  });

  it("sends a request once only, even if the connection is closed without a response", async () => {
    const { server, send } = await prepare((response) => response.socket!.destroy());
    await send(REQUEST).catch(() => {});
    await send({ ...REQUEST, method: "GET", body: Buffer.alloc(0) }).catch(() => {});
    expect(server.requests).toHaveLength(2);
  });

  it("rejects a certificate that no authority has issued", async () => {
    const send = await prepareTls("127.0.0.1");
    expect(await failureOf(send(REQUEST))).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it("rejects a server that does not speak TLS", async () => {
    const { server } = await prepareRaw((socket) => socket.once("data", () => socket.write(`${HEAD}\r\n`)));
    expect(await failureOf(transport(server.origin.replace("http:", "https:"))(REQUEST))).toMatch(/^(EPROTO|ERR_SSL_)/);
  });
});

describe("the transports", () => {
  let server: RawServer;

  afterEach(() => server.stop());

  it.each([
    [
      "100 Continue, which no request asks for",
      answering(["HTTP/1.1 100 Continue\r\n\r\n", `${HEAD}content-length: 0\r\n\r\n`]),
      { nodeTransport: 'resolved with {"status":200,"body":""}', undiciTransport: "ECONNRESET" },
    ],
    [
      "a reset in place of the end of a response without a length",
      answering([`${HEAD}\r\n`, "ha"], reset),
      { nodeTransport: "ECONNRESET", undiciTransport: 'resolved with {"status":200,"body":"ha"}' },
    ],
  ])("differ in %s", async (_, connected, expected) => {
    server = await startRawServer(connected);
    const outcomes = TRANSPORTS.map(async ([name, transport]) => [
      name,
      await failureOf(transport(server.origin)(REQUEST)),
    ]);
    expect(Object.fromEntries(await Promise.all(outcomes))).toEqual(expected);
  });
});

/** Sends `head`, and then `part` for as long as the connection lasts. */
function endless(socket: Socket, head: string, part: string): void {
  const next = () => void (socket.writable && socket.write(part, () => setImmediate(next)));
  socket.write(head, next);
}

/** Sends a byte each few milliseconds, longer than any test lasts. */
function trickle(response: ServerResponse): void {
  const timer = setInterval(() => response.write("."), 5);
  response.on("close", () => clearInterval(timer));
}
