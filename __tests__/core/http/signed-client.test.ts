import dns from "node:dns";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Credentials, type HttpRequest, signedClient } from "../../../core/http/signed-client";
import { type HttpServer, startServer } from "../../support/http-server";
import { signatureMistake } from "../../support/sigv4";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
const REQUEST: HttpRequest = {
  method: "POST",
  path: "/_bulk?filter_path=items.%2A.status",
  headers: { "Content-Type": "application/x-ndjson" },
  body: Buffer.from([0, 0xff, 10, 13]),
  timeoutMs: 10_000,
};

describe("signedClient", () => {
  const servers: HttpServer[] = [];
  const plainServers: Server[] = [];
  const sockets = new Set<Socket>();
  let answer: (response: ServerResponse) => void;

  async function prepare(service = "es", credentials: () => Credentials = () => CREDENTIALS) {
    answer = (response) => response.end("ok");
    const server = await startServer((_, response, { socket }) => {
      sockets.add(socket);
      answer(response);
    });
    servers.push(server);
    const target = { origin: server.origin, service, region: "eu-central-1" };
    return { server, target, send: signedClient(target, credentials) };
  }

  /** A server that speaks no HTTP of itself; `closed` resolves when its first connection is. */
  async function prepareSocket(connected: (socket: Socket) => void) {
    const server = createServer((socket) => connected(socket.on("error", () => {})));
    const closed = once(server, "connection").then(([socket]) => once(socket as Socket, "close"));
    plainServers.push(server.listen(0, "127.0.0.1"));
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { target: { origin: `http://127.0.0.1:${port}`, service: "es", region: "eu-central-1" }, closed };
  }

  afterEach(async () => {
    sockets.clear();
    for (const server of plainServers.splice(0)) server.close();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it.each([
    ["es", REQUEST],
    ["s3", { ...REQUEST, method: "PUT" as const, path: "/bucket/team=a/x~1.gz" }],
    ["s3", { ...REQUEST, method: "PUT" as const, path: "/bucket/empty", body: Buffer.alloc(0) }],
    ["s3", { ...REQUEST, method: "GET" as const, path: "/?lifecycle=", body: Buffer.alloc(0) }],
  ])("sends what a server of %s finds rightly signed: %j", async (service, request) => {
    const { server, target, send } = await prepare(service);
    expect(await send(request)).toEqual({ status: 200, body: "ok" });
    const [received] = server.requests;
    expect(received).toMatchObject({ method: request.method, target: request.path, body: request.body });
    expect(received!.headers["content-type"]).toBe("application/x-ndjson");
    expect(received!.headers["x-amz-security-token"]).toBe("token");
    expect(signatureMistake(received!, { ...CREDENTIALS, ...target })).toBeUndefined();
    if (request.method !== "GET") expect(received!.headers["content-length"]).toBe(String(request.body.length));
  });

  it.each([400, 403, 413, 429, 503])("resolves with a status of %i and its body", async (status) => {
    const { send } = await prepare();
    answer = (response) => response.writeHead(status).end("why");
    expect(await send(REQUEST)).toEqual({ status, body: "why" });
  });

  it("resolves with the time that the server asks to wait", async () => {
    const { send } = await prepare();
    answer = (response) => response.writeHead(429, { "retry-after": "7" }).end();
    expect(await send(REQUEST)).toEqual({ status: 429, body: "", retryAfterMs: 7000 });
  });

  it("asks for the host's address again after its connections were closed, as a blue/green deployment does", async () => {
    const { server, target } = await prepare();
    const lookup = jest
      .spyOn(dns, "lookup")
      .mockImplementation(((_host: string, options: object, done: (...args: unknown[]) => void) =>
        "all" in options && options.all
          ? done(null, [{ address: "127.0.0.1", family: 4 }])
          : done(null, "127.0.0.1", 4)) as never);
    const origin = server.origin.replace("127.0.0.1", "search.invalid");
    const send = signedClient({ ...target, origin }, () => CREDENTIALS);
    await send(REQUEST);
    for (const socket of sockets) socket.destroy();
    await send(REQUEST).catch(() => send(REQUEST));
    expect(lookup.mock.calls.map(([host]) => host)).toEqual(["search.invalid", "search.invalid"]);
    lookup.mockRestore();
  });

  it("asks for the credentials at each request", async () => {
    let n = 0;
    const { server, target, send } = await prepare("es", () => ({ accessKeyId: `AKID${++n}`, secretAccessKey: "s" }));
    await send(REQUEST);
    await send(REQUEST);
    const mistakes = server.requests.map((request, i) =>
      signatureMistake(request, { accessKeyId: `AKID${i + 1}`, secretAccessKey: "s", ...target }),
    );
    expect(mistakes).toEqual([undefined, undefined]);
  });

  it("keeps connections open for the requests that follow", async () => {
    const { send } = await prepare();
    for (let i = 0; i < 10; i++) await send(REQUEST);
    // The pool may open a second one before it has seen that the first is free.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it("rejects when nothing listens", async () => {
    const { server, send } = await prepare();
    await server.stop();
    await expect(send(REQUEST)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("rejects when the answer does not begin in time", async () => {
    const { send } = await prepare();
    answer = () => {};
    await expect(send({ ...REQUEST, timeoutMs: 50 })).rejects.toThrow(/timeout/i);
  });

  it("rejects when the answer does not end in time", async () => {
    const { send } = await prepare();
    answer = (response) => response.writeHead(200, { "content-length": 10 }).write("half");
    await expect(send({ ...REQUEST, timeoutMs: 50 })).rejects.toThrow(/timeout/i);
  });

  it("closes the connection of a request that is late: its answer would be taken for the next one's", async () => {
    const { send } = await prepare();
    answer = () => {};
    await expect(send({ ...REQUEST, timeoutMs: 50 })).rejects.toThrow(/timeout/i);
    const [socket] = [...sockets] as [Socket];
    if (!socket.destroyed) await once(socket, "close");
    expect(sockets.size).toBe(1);
  });

  it("sends no more of a body that is answered early: it may hold other events by then", async () => {
    let received = 0;
    const { target, closed } = await prepareSocket((socket) => {
      socket.on("data", (data) => {
        received += data.length;
      });
      socket.once("data", () => {
        socket.pause();
        socket.write("HTTP/1.1 503 busy\r\ncontent-length: 0\r\n\r\n", () => setTimeout(() => socket.resume(), 100));
      });
    });
    const body = Buffer.alloc(40_000_000);
    expect(await signedClient(target, () => CREDENTIALS)({ ...REQUEST, body })).toMatchObject({ status: 503 });
    await closed;
    expect(received).toBeLessThan(body.length);
  });

  it("rejects when the connection becomes another protocol's", async () => {
    const { target } = await prepareSocket((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 101 New\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n")),
    );
    await expect(signedClient(target, () => CREDENTIALS)(REQUEST)).rejects.toThrow("closed before a response");
  });

  it("leaves no timer behind, which would keep a process from ending", async () => {
    const { send } = await prepare();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    for (let i = 0; i < 10; i++) await send({ ...REQUEST, timeoutMs: 60_000 });
    await nextTurn();
    // What node:http itself keeps does not grow with the requests.
    expect(timers() - before).toBeLessThan(5);
  });

  it("puts a character together that came in two parts", async () => {
    const { send } = await prepare();
    const [first, second] = [Buffer.from([0xc3]), Buffer.from([0xa4])];
    answer = (response) => {
      response.socket!.setNoDelay(true);
      response.write(first, () => setTimeout(() => response.end(second), 20));
    };
    expect(await send(REQUEST)).toEqual({ status: 200, body: "\u00e4" });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["before the answer", (response) => response.socket!.destroy()],
    [
      "within the answer",
      (response) => response.writeHead(200, { "content-length": 10 }).write("half", () => response.socket!.destroy()),
    ],
  ])("rejects when the connection breaks %s, and works again afterwards", async (_, breakOff) => {
    const { send } = await prepare();
    answer = breakOff;
    await expect(send(REQUEST)).rejects.toThrow();
    answer = (response) => response.end("ok");
    expect(await send(REQUEST)).toEqual({ status: 200, body: "ok" });
  });
});
