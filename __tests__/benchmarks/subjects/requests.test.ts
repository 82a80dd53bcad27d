import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context, KinesisStreamHandler } from "aws-lambda";
import { batchOf } from "../../../benchmarks/corpus/batches";
import { jsonOfSize } from "../../../benchmarks/corpus/corpora";
import { environmentWith } from "../../../benchmarks/subjects/local-sink";
import { bareClient, compressionRatio, requestsOf } from "../../../benchmarks/subjects/requests";

interface Received {
  method: string | undefined;
  path: string | undefined;
  body: Buffer;
  headers: IncomingHttpHeaders;
}

const { event, events } = batchOf(jsonOfSize(140), 2, 3);
const received: Received[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url: path, headers } = request;
  received.push({ method, path, headers, body: Buffer.concat(chunks) });
  const items = Array(events).fill({ create: { status: 201 } });
  response.end(method === "POST" ? JSON.stringify({ items }) : "");
});

let origin: string;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});

afterAll(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  received.length = 0;
});

const bare = () => received.map(({ method, path, body }) => ({ method, path, body }));

describe("requestsOf", () => {
  it("builds the same requests as the function", async () => {
    const environment = environmentWith({ origin });
    Object.assign(process.env, environment);
    const { handler } = require("../../../functions/forwarder/index") as { handler: KinesisStreamHandler };
    await handler(event, { getRemainingTimeInMillis: () => 10_000 } as Context, () => {});
    expect(requestsOf(event, environment.ARCHIVE_BUCKET)).toEqual(bare());
    expect(bare().map(({ method }) => method)).toEqual(["POST", "PUT"]);
  });
});

describe("compressionRatio", () => {
  it("is that of the bodies of _bulk alone", async () => {
    const body = Buffer.alloc(10_000);
    const post = { method: "POST", path: "/_bulk", body } as const;
    const put = { method: "PUT", path: "/bucket/key", body: randomBytes(10_000) } as const;
    const ratio = await compressionRatio([post, post, put]);
    expect(ratio).toBe(await compressionRatio([post]));
    expect(ratio).toBeGreaterThan(50);
  });
});

describe("bareClient", () => {
  it("sends each request once, over one connection, unsigned", async () => {
    let connections = 0;
    server.on("connection", () => connections++);
    const requests = requestsOf(event, "bucket");
    await bareClient(origin)(requests);
    expect(bare()).toEqual(requests);
    expect(connections).toBe(1);
    for (const { headers } of received) expect(headers).not.toHaveProperty("authorization");
  });
});
