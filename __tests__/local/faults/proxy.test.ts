import { once } from "node:events";
import { Agent, get } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { type FaultyProxy, type RequestFault, startProxy, startTlsProxy } from "../../../local/faults/proxy";
import { selfSigned } from "../../../tools/certificate";
import { type HttpServer, startServer } from "../../support/http-server";

const BODY = "x".repeat(300_000);
const ANSWER = "y".repeat(10_000);

let target: HttpServer;
let proxy: FaultyProxy;
let answers: string[];

beforeEach(async () => {
  answers = [];
  target = await startServer((_, response) =>
    response.writeHead(201, { "x-from": "target", "content-length": ANSWER.length }).end(ANSWER),
  );
  proxy = await startProxy({ target: () => target.origin, onAnswer: (body) => answers.push(body.toString()) });
});

afterEach(() => Promise.all([proxy.stop(), target.stop()]));

/** The client's error depends on how much of the request it has sent. */
const RESET = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;

const send = ({ url } = proxy) =>
  fetch(`${url}/path?query=1`, { method: "POST", body: BODY, headers: { "x-of": "client" } });

/** Sends a request that fails; resolves to the code of the error beneath fetch's own. */
const failure = (by = proxy) =>
  send(by).then(
    async (response) => response.text().catch((error) => error.cause.code),
    (error) => error.cause.code,
  );

function always(fault: RequestFault): void {
  proxy.fault = () => fault;
}

describe("startProxy", () => {
  it("forwards request and response unchanged", async () => {
    const response = await send();

    expect(response.status).toBe(201);
    expect(response.headers.get("x-from")).toBe("target");
    expect(await response.text()).toBe(ANSWER);
    expect(target.requests).toEqual([
      expect.objectContaining({ method: "POST", target: "/path?query=1", body: Buffer.from(BODY) }),
    ]);
    expect(target.requests[0]!.headers["x-of"]).toBe("client");
    expect(answers).toEqual([ANSWER]);
  });

  it("asks for the fault of each request", async () => {
    const faults: (RequestFault | undefined)[] = [{ kind: "answer", status: 503, body: "" }, undefined];
    proxy.fault = () => faults.shift();
    expect([(await send()).status, (await send()).status]).toEqual([503, 201]);
  });

  it("forwards a part of the request, and answers for the whole of it", async () => {
    const join = (answer: Buffer) => Buffer.concat([answer, Buffer.from("and more")]);
    always({ kind: "part", of: (body) => ({ body: body.subarray(0, 10), join }) });
    const response = await send();
    expect([response.status, await response.text()]).toEqual([201, `${ANSWER}and more`]);
    expect(target.requests).toEqual([expect.objectContaining({ body: Buffer.from(BODY.slice(0, 10)) })]);
  });

  it("answers for a request of which the target sees nothing", async () => {
    always({ kind: "part", of: () => ({ join: () => Buffer.from("nothing") }) });
    const response = await send();
    expect([response.status, await response.text()]).toEqual([200, "nothing"]);
    expect(target.requests).toEqual([]);
  });

  it("resets the connection before it reads the request", async () => {
    always({ kind: "reset", when: "before" });
    expect(await failure()).toMatch(RESET);
    expect(target.requests).toEqual([]);
  });

  it("resets the connection during the request; the target sees the first half", async () => {
    let seen = 0;
    const server = createServer((socket) => socket.on("data", (data) => (seen += data.length)).on("error", () => {}));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const half = await startProxy({ target: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    half.fault = () => ({ kind: "reset", when: "during" });
    const closed = new Promise((resolve) => server.once("connection", (socket) => socket.once("close", resolve)));

    expect(await failure(half)).toMatch(RESET);
    await closed;

    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(0.6 * BODY.length);
    await half.stop();
    server.close();
  });

  it("resets the connection after the target has answered", async () => {
    always({ kind: "reset", when: "after" });
    expect(await failure()).toMatch(RESET);
    expect(target.requests).toHaveLength(1);
    expect(answers).toEqual([ANSWER]);
  });

  it.each([ANSWER, ""])("sends half of the response after the target has processed the request", async (body) => {
    await target.stop();
    target = await startServer((_, response) => response.end(body));
    always({ kind: "cut" });
    expect(await failure()).toMatch(/^(ECONNRESET|UND_ERR_SOCKET|HPE_INVALID_EOF_STATE)$/);
    expect(answers).toEqual([body]);
  });

  it("lets the target process a delayed request at once", async () => {
    always({ kind: "late", ms: 10_000 });
    const answered = send();
    answered.catch(() => {});
    while (answers.length === 0) await new Promise(setImmediate);
    expect(target.requests).toHaveLength(1);
    await proxy.refuse();
    await expect(answered).rejects.toThrow("fetch failed");
  });

  it("responds itself, and the target sees nothing", async () => {
    always({ kind: "answer", status: 429, headers: { "retry-after": "2" }, body: "slow down" });
    const response = await send();
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.text()).toBe("slow down");
    expect(target.requests).toEqual([]);
  });

  it("refuses connections until it accepts them again, at the same address", async () => {
    await (await send()).text();
    await proxy.refuse();
    expect(await failure()).toMatch(/^(ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET)$/);
    expect(await failure()).toBe("ECONNREFUSED");
    await proxy.accept();
    expect((await send()).status).toBe(201);
  });

  it("leaves the length of what HEAD asks about", async () => {
    const { status, headers } = await fetch(`${proxy.url}/path`, { method: "HEAD" });
    expect([status, headers.get("content-length")]).toEqual([201, String(ANSWER.length)]);
  });

  it("tells `fault` about the request", async () => {
    proxy.fault = ({ method, url }) => ({ kind: "answer", status: 503, body: `${method} ${url}` });
    expect(await (await send()).text()).toBe("POST /path?query=1");
  });

  it("resets the connection when the target is down", async () => {
    await target.stop();
    expect(await failure()).toMatch(RESET);
  });
});

describe("startTlsProxy", () => {
  const valid = selfSigned("127.0.0.1");
  const expired = selfSigned("127.0.0.1", new Date(Date.now() - 86_400_000));
  const ca = [valid.cert, expired.cert];
  const status = ({ url }: FaultyProxy) =>
    new Promise<unknown>((resolve) => {
      get(url, { ca, agent: new Agent({ keepAlive: true }) }, (response) => resolve(response.resume().statusCode)).on(
        "error",
        (error: NodeJS.ErrnoException) => resolve(error.code),
      );
    });

  it("speaks TLS by the certificate that it has at the moment", async () => {
    const tls = await startTlsProxy({ target: () => target.origin }, valid);
    expect(await status(tls)).toBe(201);
    tls.present(expired);
    expect(await status(tls)).toBe("CERT_HAS_EXPIRED");
    tls.present(valid);
    expect(await status(tls)).toBe(201);
    await tls.stop();
  });

  it("closes the connection of a request that is to be reset", async () => {
    const tls = await startTlsProxy({ target: () => target.origin }, valid);
    tls.fault = () => ({ kind: "reset", when: "after" });
    expect(await status(tls)).toMatch(RESET);
    await tls.stop();
  });
});
