import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { probeSearchEndpoint } from "../../../local/search-endpoint/probe";
import { type Certificate, selfSigned } from "../../../tools/certificate";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../../tools/repository";
import { UsageError } from "../../../tools/usage/usage-error";

const servers: Server[] = [];
const sockets = new Set<Socket>();
let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

afterAll(() => directory.remove());

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | object;
}

/** A server that answers by method and path, and with 404 to anything else. @returns its origin */
async function serve(answers: Record<string, Answer>, seen: IncomingMessage[] = []): Promise<string> {
  const server = createHttpServer((request, response) => {
    seen.push(request);
    const { status = 200, headers = {}, body = "" } = answers[`${request.method} ${request.url}`] ?? { status: 404 };
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

const serveTls = async (certificate: Certificate, listener: RequestListener = (_, response) => response.end()) =>
  `https://127.0.0.1:${await listen(createHttpsServer({ ...certificate }, listener))}`;

const errorAnswer = (type: string, status: number) => ({ status, body: { error: { root_cause: [], type }, status } });
const OPENSEARCH: Answer = { body: { version: { distribution: "opensearch", number: "1.3.0" } } };
const BULK_WITHOUT_BODY = errorAnswer("parse_exception", 400);
const HTML = { "content-type": "text/html" };

describe("probeSearchEndpoint", () => {
  it.each<[string, Record<string, Answer>]>([
    ["an OpenSearch", { "GET /": OPENSEARCH }],
    ["an Elasticsearch 7", { "GET /": { body: { version: { number: "7.17.28" } } } }],
    ["an Elasticsearch 8", { "GET /": { headers: { "x-elastic-product": "Elasticsearch" }, body: { tagline: "…" } } }],
    [
      "an Elasticsearch that does not answer GET /",
      { "GET /": { status: 405, body: { error: "Incorrect HTTP method for uri [/] and method [GET]", status: 405 } } },
    ],
    [
      "a proxy that lets _bulk through only",
      { "GET /": { status: 403, body: "no" }, "POST /_bulk": BULK_WITHOUT_BODY },
    ],
    ["a proxy that has other paths only", { "POST /_bulk": BULK_WITHOUT_BODY }],
  ])("accepts %s", async (_, answers) => {
    await expect(probeSearchEndpoint(await serve(answers))).resolves.toBeUndefined();
  });

  it("sends the forwarder's requests, signed by the emulated account, and writes nothing", async () => {
    const seen: IncomingMessage[] = [];
    await probeSearchEndpoint(await serve({ "POST /_bulk": BULK_WITHOUT_BODY }, seen));

    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(["GET /", "POST /_bulk"]);
    for (const { headers } of seen) {
      expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\//);
      expect(headers["content-length"] ?? "0").toBe("0");
    }
  });

  it.each<[string, Record<string, Answer>, RegExp]>([
    [
      "401",
      { "GET /": { status: 401, body: "Unauthorized" } },
      /requires credentials \(401 Unauthorized, Unauthorized\)\. .*cannot send a user and password.*without access control/,
    ],
    [
      "403 to everything",
      { "GET /": { status: 403 }, "POST /_bulk": errorAnswer("security_exception", 403) },
      /requires credentials \(403 Forbidden, \{"error".*security_exception/,
    ],
    [
      "a redirect",
      { "GET /": { status: 302, headers: { location: "https://sso.example.com/login" } } },
      /redirects to https:\/\/sso\.example\.com\/login \(302\).*own address/,
    ],
    [
      "OpenSearch Dashboards",
      { "GET /": { status: 302, headers: { location: "/app/home", "osd-name": "host" } } },
      /Dashboards or Kibana, not the engine/,
    ],
    [
      "a web page",
      { "GET /": { headers: HTML, body: "<html><title>It works</title></html>" } },
      /it is not a search engine \(200 OK, a web page: It works\)/,
    ],
    [
      "a page not found",
      { "GET /": { status: 404, headers: HTML, body: "<h1>no" } },
      /it is not a search engine \(404 Not Found, a web page\)/,
    ],
    [
      "another program's JSON",
      { "GET /": { status: 404, body: { status: 404, error: "Not Found", path: "/" } } },
      /it is not a search engine/,
    ],
    ["a proxy that requires credentials", { "GET /": { status: 407 } }, /a proxy answers \(407/],
    [
      "a gateway without an engine behind",
      { "GET /": { status: 502, headers: HTML, body: "<title>Bad</title>" } },
      /a proxy in front of the engine.*\(502 Bad Gateway, a web page: Bad\)\. Wait/,
    ],
    [
      "an engine that is not ready",
      { "GET /": errorAnswer("cluster_manager_not_discovered_exception", 503) },
      /the engine is not available \(503/,
    ],
    [
      "an engine that is too old",
      { "GET /": { body: { version: { number: "7.8.1" } } } },
      /Elasticsearch 7\.8\.1 is too old\. Use .* 7\.9 or newer/,
    ],
    [
      "a server that says it wants TLS",
      { "GET /": { status: 400, body: "Client sent an HTTP request to an HTTPS server." } },
      /it expects TLS.*https/,
    ],
  ])("rejects %s", async (_, answers, message) => {
    const origin = await serve(answers);
    const probed = probeSearchEndpoint(origin);
    await expect(probed).rejects.toThrow(UsageError);
    await expect(probed).rejects.toThrow(message);
    await expect(probed).rejects.toThrow(`--search-endpoint ${origin} cannot be used: `);
  });

  it("rejects a port that nothing listens on", async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => servers.pop()!.close(resolve));
    await expect(probeSearchEndpoint(`http://127.0.0.1:${port}`)).rejects.toThrow(
      /connection is refused: nothing listens on this port\. Check that the engine runs/,
    );
  });

  it("rejects a name that is unknown", async () => {
    await expect(probeSearchEndpoint("https://no-such-host.invalid")).rejects.toThrow(
      /its name (is unknown|cannot be)/,
    );
  });

  it("does not wait long for a server that does not respond", async () => {
    const origin = `http://127.0.0.1:${await listen(createTcpServer())}`;
    await expect(probeSearchEndpoint(origin, { timeoutSeconds: 0.5 })).rejects.toThrow(
      /connected, but no response within 0\.5 seconds\. Check that the engine runs/,
    );
  });

  it("does not wait long for a TLS handshake", async () => {
    const origin = `https://127.0.0.1:${await listen(createTcpServer())}`;
    await expect(probeSearchEndpoint(origin, { timeoutSeconds: 0.5 })).rejects.toThrow(
      /no connection within 0\.5 seconds/,
    );
  });

  it("rejects a server that does not speak HTTP", async () => {
    const port = await listen(createTcpServer((socket) => void socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
    await expect(probeSearchEndpoint(`http://127.0.0.1:${port}`)).rejects.toThrow(/it does not speak HTTP/);
  });

  it("rejects a server that switches protocols instead of responding", async () => {
    const switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    const port = await listen(createTcpServer((socket) => void socket.write(switching)));
    await expect(probeSearchEndpoint(`http://127.0.0.1:${port}`)).rejects.toThrow(
      /the connection is closed without a response/,
    );
  });

  it("distinguishes plain HTTP from TLS", async () => {
    const plain = await serve({ "GET /": OPENSEARCH });
    const encrypted = await serveTls(selfSigned("127.0.0.1"));
    await expect(probeSearchEndpoint(plain.replace("http:", "https:"))).rejects.toThrow(/it does not speak TLS/);
    await expect(probeSearchEndpoint(encrypted.replace("https:", "http:"))).rejects.toThrow(
      /it expects TLS, not plain HTTP\. Use https/,
    );
  });

  it("rejects a self-signed certificate, with advice how to trust it", async () => {
    const origin = await serveTls(selfSigned("127.0.0.1"));
    await expect(probeSearchEndpoint(origin)).rejects.toThrow(
      /TLS certificate is self-signed\. .*NODE_EXTRA_CA_CERTS=/,
    );
  });

  it.each<[string, Certificate, RegExp]>([
    ["takes a certificate that", selfSigned("127.0.0.1"), /^taken$/m],
    [
      "rejects an expired certificate that",
      selfSigned("127.0.0.1", new Date(86_400_000)),
      /TLS certificate has expired/,
    ],
    [
      "rejects another host's certificate that",
      selfSigned("search.example.com"),
      /is for another host\. The certificate is for DNS:search\.example\.com/,
    ],
  ])("%s NODE_EXTRA_CA_CERTS names", async (title, certificate, outcome) => {
    const file = join(directory.path, `${title.split(" ")[1]}-${title.length}.pem`);
    await writeFile(file, certificate.cert);
    const origin = await serveTls(certificate, (_, response) => response.end(JSON.stringify(OPENSEARCH.body)));
    const program = `require("./local/search-endpoint/probe").probeSearchEndpoint(process.argv[1]).then(() => console.log("taken"), (error) => console.log(error.message))`;

    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "-e", program, origin], {
      cwd: repositoryRoot,
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file },
    });

    expect(stdout).toMatch(outcome);
  });

  it.each<[string, Answer]>([
    ["body", { status: 500, body: "a\u001b[2J\u202e\u009bb\nc" }],
    ["title", { headers: HTML, body: "<title>a\u001b]0;t\u0007\u202e\u009bb\nc</title>" }],
    ["Location", { status: 302, headers: { location: "http://a\u009b\u009db/" } }],
    ["version", { body: { version: { number: "6\u001b[2J\u202e\u009bb\nc" } } }],
  ])("shows its %s without terminal control characters", async (_, answer) => {
    await expect(probeSearchEndpoint(await serve({ "GET /": answer }))).rejects.toThrow(
      /^Nothing was done:\n- --search-endpoint \P{Cc}*\ufffd{1,2}b(\P{Cc})*$/u,
    );
  });
});
