import * as http from "node:http";
import * as https from "node:https";
import { connectionClosed, limitConnecting } from "./connecting";
import { timeoutError, tooLongError } from "./limits";
import { responseOf } from "./response";
import type { HttpResponse, Send } from "./send";

/**
 * Sends requests to `origin` by node:http or node:https, over connections that it keeps open. The functions' transport:
 * it adds nothing to their bundles, so nothing to their cold start.
 *
 * @param ca certificates of the authorities to trust, in PEM. @default those that Node.js trusts
 */
export function nodeTransport(origin: string, ca?: string): Send {
  const { protocol, hostname, port } = new URL(origin);
  const { Agent, request: open } = protocol === "https:" ? https : http;
  // IPv6 addresses are in brackets in a URL only.
  const to = {
    agent: new Agent({ keepAlive: true, ...(ca !== undefined && { ca }) }),
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port,
  };
  return ({ method, path, headers, body, timeoutMs, maxResponseBytes }) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const sent = open({ ...to, method, path, headers }, (response) => {
        receive(response, resolve, reject);
        // After an early response the caller reuses the buffer: the rest of the body must not be sent.
        response.on("end", () => sent.writableFinished || sent.destroy());
      });
      limitConnecting(sent);
      limitTime(sent, timeoutMs, reject);
      limitSize(sent, maxResponseBytes, reject);
      // An upgrade of the connection closes it without an error. After a response this changes nothing.
      sent.on("close", () => reject(connectionClosed()));
      sent.on("error", reject).end(body);
    });
}

/** By its events: `for await` costs more than a small response is worth. */
function receive(
  response: http.IncomingMessage,
  resolve: (response: HttpResponse) => void,
  reject: (error: unknown) => void,
): void {
  let body = "";
  response.setEncoding("utf8").on("data", (part: string) => {
    body += part;
  });
  response
    .on("error", reject)
    .on("end", () => resolve(responseOf(response.statusCode!, body, response.headers["retry-after"])));
}

/** By a timer that ends with the request: that of `AbortSignal.timeout` would stay until its time has passed. */
function limitTime(request: http.ClientRequest, ms: number, reject: (error: unknown) => void): void {
  const timer = setTimeout(() => {
    reject(timeoutError());
    request.destroy();
  }, ms);
  request.once("close", () => clearTimeout(timer));
}

/** Of the connection's bytes: interim responses, chunk sizes and trailers can go on for ever, too. */
function limitSize(request: http.ClientRequest, maxBytes: number, reject: (error: unknown) => void): void {
  let bytes = 0;
  request.once("socket", (socket) => {
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return;
      reject(tooLongError());
      request.destroy();
    };
    socket.on("data", count);
    request.once("close", () => socket.off("data", count));
  });
}
