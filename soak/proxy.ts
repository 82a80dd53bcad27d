import { createServer, type IncomingMessage, request as startRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { cutOff, reset, sendHalf } from "./broken";

/** What goes wrong with one request. */
export type RequestFault =
  /** The connection is reset: at the request's head, in the middle of its body, or once the target has processed it. */
  | { readonly kind: "reset"; readonly when: "before" | "during" | "after" }
  /** The target processes it at once, the answer comes `ms` later. */
  | { readonly kind: "late"; readonly ms: number }
  /** The target processes it, half of the answer comes. */
  | { readonly kind: "cut" }
  /** This answer comes instead of the target's, which never sees the request. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    };

export interface ProxyOptions {
  /** The origin that requests go to, asked for each of them. */
  target(): string;
  /** Told each whole answer of the target, whether it arrives or not. */
  onAnswer?(body: Buffer): void;
}

export interface FaultyProxy {
  /** Its origin; the port stays the same for good. */
  readonly url: string;
  /** Asked for each request; undefined: all is well. */
  fault: () => RequestFault | undefined;
  /** From now on, until `accept`, connections are refused; those that are open are closed. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Starts a proxy on a free port of 127.0.0.1 that passes HTTP requests on, or breaks them as it is told. */
export async function startProxy(options: ProxyOptions): Promise<FaultyProxy> {
  const server = createServer((request, response) => {
    handle(request, proxy.fault(), options)
      .then((answer) => answer && response.writeHead(answer.status, answer.headers).end(answer.body))
      // The target is down, or the client is gone: to the client either is a connection that broke.
      .catch(() => reset(request));
  });
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
    url: `http://127.0.0.1:${port}`,
    fault: () => undefined,
    refuse: close,
    async accept() {
      // A connection that this machine makes elsewhere may have been given the port meanwhile, for a moment.
      while (!server.listening) await listen(port).catch(() => sleep(100));
    },
    stop: close,
  };
  return proxy;
}

/** Undefined: nothing is answered any more. */
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
  const answer = await pass(request, body, options.target());
  options.onAnswer?.(answer.body);
  if (fault?.kind === "reset") return reset(request);
  if (fault?.kind === "cut") return sendHalf(request, answer);
  if (fault?.kind === "late") await sleep(fault.ms, undefined, { ref: false });
  return answer;
}

async function pass({ method, url, headers }: IncomingMessage, body: Buffer, origin: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    startRequest(origin + url, { method, headers, agent: false }, resolve)
      .on("error", reject)
      .end(body);
  });
  const answer = await buffer(response);
  // All of it is here: it has a length now, however it came.
  const { "transfer-encoding": _, connection: __, ...rest } = response.headers as Record<string, string>;
  return { status: response.statusCode!, headers: { ...rest, "content-length": String(answer.length) }, body: answer };
}
