import * as http from "node:http";
import * as https from "node:https";
import { connectionClosed, limitConnecting } from "./connecting";
import { timeoutError } from "./limits";
import type { HttpRequest } from "./send";

/** A request whose response is read as it arrives. */
export interface StreamRequest extends Pick<HttpRequest, "path" | "headers"> {
  /** Limit for the connection and the headers together, and then for each part of the body, in milliseconds. */
  timeoutMs: number;
}

/** A response of which the headers have arrived. */
export interface StreamedResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  /**
   * The body in parts, each when it is asked for: the connection waits as long. To be read to its end, or ended by `return`, which
   * closes the connection. Rejects when the body is cut off, or no part arrives in time.
   */
  body: AsyncGenerator<Buffer, void, undefined>;
  /** Closes the connection, unless the body has been read to its end. Who waits for a part of the body gets an error. */
  close(): void;
}

/** Sends one GET, once; follows no redirect. Rejects as a `Send` does when no headers arrive. */
export type OpenStream = (request: StreamRequest) => Promise<StreamedResponse>;

/** Sends requests to `origin` by node:http or node:https, over connections that it keeps open for the next request. */
export function nodeStream(origin: string): OpenStream {
  const { protocol, hostname, port } = new URL(origin);
  const { Agent, request: open } = protocol === "https:" ? https : http;
  // IPv6 addresses are in brackets in a URL only.
  const to = { agent: new Agent({ keepAlive: true }), hostname: hostname.replace(/^\[|\]$/g, ""), port };
  return ({ path, headers, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const sent = open({ ...to, method: "GET", path, headers }, (response) => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: partsOf(response, timeoutMs),
          close: () => response.destroy(),
        });
      });
      const timer = setTimeout(() => sent.destroy(timeoutError()), timeoutMs);
      sent.once("close", () => {
        clearTimeout(timer);
        // After a response this changes nothing.
        reject(connectionClosed());
      });
      limitConnecting(sent);
      sent.on("error", reject).end();
    });
}

/** The timer runs only while a part is awaited: whoever reads slowly is no reason to end the connection. */
async function* partsOf(response: http.IncomingMessage, timeoutMs: number): AsyncGenerator<Buffer, void, undefined> {
  const parts = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => response.destroy(timeoutError()), timeoutMs);
      const { done, value } = await parts.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    response.destroy();
  }
}
