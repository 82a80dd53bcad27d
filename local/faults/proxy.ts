import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  request as startRequest,
} from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Certificate } from "../../tools/certificate";
import { cutOff, reset, sendHalf } from "./broken";

/** The fault of one request. */
export type RequestFault =
  /** The connection is reset: after the request's head, in the middle of its body, or after the target has processed it. */
  | { readonly kind: "reset"; readonly when: "before" | "during" | "after" }
  /** The target processes it at once; the response is delayed by `ms`. */
  | { readonly kind: "late"; readonly ms: number }
  /** The target processes it; the connection closes in the middle of the response. */
  | { readonly kind: "cut" }
  /** The target processes a part of it, and the response has that part's and more. */
  | { readonly kind: "part"; readonly of: (body: Buffer) => RequestPart }
  /** The proxy responds itself; the target never sees the request. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    };

/** A part of a request's body, and what makes the whole response out of the part's. */
export interface RequestPart {
  /** @default the target does not see the request */
  readonly body?: Buffer;
  join(response: Buffer): Buffer;
}

export interface ProxyOptions {
  /** Returns the origin that a request goes to; called for each request. */
  target(): string;
  /** Called with the body of each response of the target, even if the client never gets it, and the request's method and path. */
  onAnswer?(body: Buffer, request: Pick<IncomingMessage, "method" | "url">): void;
}

export interface FaultyProxy {
  /** Its origin; the port never changes. */
  readonly url: string;
  /** Returns the fault of a request; called for each request. undefined: none. */
  fault: (request: Pick<IncomingMessage, "method" | "url">) => RequestFault | undefined;
  /** Closes all connections, and refuses new ones until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  stop(): Promise<void>;
}

export interface FaultyTlsProxy extends FaultyProxy {
  /** Closes all connections; new ones get this certificate. */
  present(certificate: Certificate): void;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Starts a proxy on a free port of 127.0.0.1 that forwards HTTP requests, except for the faults that `fault` returns. */
export function startProxy(options: ProxyOptions): Promise<FaultyProxy> {
  return serve(createServer(), "http", options);
}

/** The same for clients that speak TLS; the target does not. */
export async function startTlsProxy(options: ProxyOptions, certificate: Certificate): Promise<FaultyTlsProxy> {
  const server = createTlsServer(certificate);
  const proxy = await serve(server, "https", options);
  return Object.assign(proxy, {
    present(next: Certificate) {
      server.setSecureContext(next);
      server.closeAllConnections();
    },
  });
}

async function serve(server: Server | TlsServer, scheme: string, options: ProxyOptions): Promise<FaultyProxy> {
  const listener: RequestListener = (request, response) => {
    handle(request, proxy.fault(request), options)
      .then((answer) => answer && response.writeHead(answer.status, answer.headers).end(answer.body))
      // The target is down, or the client has gone: the client sees a reset connection.
      .catch(() => reset(request));
  };
  server.on("request", listener);
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    url: `${scheme}://127.0.0.1:${port}`,
    fault: () => undefined,
    refuse: close,
    async accept() {
      // Another connection of this machine may have taken the port for a moment.
      while (!server.listening) await listen(port).catch(() => sleep(100));
    },
    stop: close,
  };
  return proxy;
}

/** @returns the response; undefined when the connection is closed */
async function handle(
  request: IncomingMessage,
  fault: RequestFault | undefined,
  options: ProxyOptions,
): Promise<Answer | undefined> {
  if (fault?.kind === "reset" && fault.when !== "after") {
    if (fault.when === "during") await cutOff(request, options.target());
    return reset(request);
  }
  const body = await buffer(request);
  if (fault?.kind === "answer") {
    return { status: fault.status, headers: { ...fault.headers }, body: Buffer.from(fault.body) };
  }
  if (fault?.kind === "part") {
    const part = fault.of(body);
    const nothing: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) };
    const answer = part.body ? await forward(request, part.body, options.target()) : nothing;
    const joined = part.join(answer.body);
    return { ...answer, headers: withLength(answer.headers, joined), body: joined };
  }
  const answer = await forward(request, body, options.target());
  options.onAnswer?.(answer.body, request);
  if (fault?.kind === "reset") return reset(request);
  if (fault?.kind === "cut") return sendHalf(request, answer);
  if (fault?.kind === "late") await sleep(fault.ms, undefined, { ref: false });
  return answer;
}

async function forward({ method, url, headers }: IncomingMessage, body: Buffer, origin: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    startRequest(origin + url, { method, headers: withLength(headers, body), agent: false }, resolve)
      .on("error", reject)
      .end(body);
  });
  const answer = await buffer(response);
  // The body is complete, so it has a length, even if it came chunked.
  const { connection: _, ...rest } = response.headers as Record<string, string>;
  const hasBody = method !== "HEAD";
  return { status: response.statusCode!, headers: hasBody ? withLength(rest, answer) : rest, body: answer };
}

function withLength<Headers extends Record<string, unknown>>(headers: Headers, { length }: Buffer) {
  const { "transfer-encoding": _, ...rest } = headers;
  return { ...rest, "content-length": String(length) };
}
