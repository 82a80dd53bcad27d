import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { HttpRequest, Send } from "../../core/http/send";
import type { Certificate } from "../../tools/certificate";
import type { WireRequest } from "./sigv4";

export interface HttpServer {
  origin: string;
  requests: WireRequest[];
  stop(): Promise<void>;
}

/**
 * A server on this machine that keeps its requests; `answer` is called when one has come in whole.
 *
 * @param tls @default plain HTTP
 */
export async function startServer(
  answer: (request: WireRequest, response: ServerResponse, message: IncomingMessage) => void,
  tls?: Certificate,
): Promise<HttpServer> {
  const requests: WireRequest[] = [];
  const listener = async (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of message) chunks.push(chunk);
    } catch {
      // Whoever sends it was killed.
      return;
    }
    const headers = message.headers as Record<string, string>;
    const request = { method: message.method!, target: message.url!, headers, body: Buffer.concat(chunks) };
    requests.push(request);
    answer(request, response, message);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `${tls ? "https" : "http"}://127.0.0.1:${port}`, requests, stop };
}

/** A fake server of the tests, reached by HTTP. */
export function serve(fake: { send: Send }): Promise<HttpServer> {
  return startServer(async ({ method, target, headers, body }, response) => {
    const answer = await fake.send({
      method: method as HttpRequest["method"],
      path: target,
      headers,
      body,
      timeoutMs: 0,
      maxResponseBytes: 0,
    });
    response.writeHead(answer.status).end(answer.body);
  });
}
