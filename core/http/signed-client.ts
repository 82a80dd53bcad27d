import * as http from "node:http";
import * as https from "node:https";
import { sign as aws4Sign } from "aws4";
import { retryAfterMs } from "./retry-after";

/** AWS credentials as Lambda puts them into the environment. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A request to one service, not yet signed. `path` is percent-encoded already. */
export interface HttpRequest {
  method: "GET" | "POST" | "PUT";
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** How long to wait for the connection, the headers and the body together, in milliseconds. */
  timeoutMs: number;
}

export interface HttpResponse {
  status: number;
  body: string;
  /** What a `Retry-After` header asks to wait, in milliseconds. */
  retryAfterMs?: number;
}

/** Sends one request. Rejects when there was no complete response: refused, reset, timed out, cut off. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

export interface Target {
  /** Scheme, host and port, without a path. */
  origin: string;
  /** The signing name, e.g. `es` or `s3`. */
  service: string;
  region: string;
}

/**
 * The headers of `request` with an AWS Signature Version 4 for `target`.
 *
 * Source: AWS IAM User Guide "AWS Signature Version 4 for API requests".
 *
 * @param date the time of signing; default: now
 */
export function signedHeaders(
  request: Omit<HttpRequest, "timeoutMs">,
  target: Target,
  credentials: Credentials,
  date?: Date,
): Record<string, string> {
  const time = date ? { "X-Amz-Date": date.toISOString().replace(/[:-]|\.\d{3}/g, "") } : {};
  const signed = aws4Sign(
    {
      service: target.service,
      region: target.region,
      host: new URL(target.origin).host,
      method: request.method,
      path: request.path,
      headers: { ...request.headers, ...time },
      // To a body, even an empty one, aws4 adds a form's content type.
      ...(request.body.length > 0 && { body: request.body }),
    },
    credentials,
  );
  return signed.headers as Record<string, string>;
}

/** How long a connection may take to be there, TLS included, in milliseconds: a blocked port does not answer at all. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Returns what sends signed requests to `target`, over connections that are kept open.
 *
 * @param credentials called for each request, so that renewed credentials are used
 */
export function signedClient(target: Target, credentials: () => Credentials): Send {
  const { protocol, hostname, port } = new URL(target.origin);
  const { Agent, request: open } = protocol === "https:" ? https : http;
  // IPv6 addresses are in brackets in a URL only.
  const to = { agent: new Agent({ keepAlive: true }), hostname: hostname.replace(/^\[|\]$/g, ""), port };
  return (request) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const { method, path, body, timeoutMs } = request;
      const headers = signedHeaders(request, target, credentials());
      const sent = open({ ...to, method, path, headers }, (response) => {
        receive(response, resolve, reject);
        // Answered early: the body is used again, and must not be sent on with what it holds then.
        response.on("end", () => sent.writableFinished || sent.destroy());
      });
      limitConnecting(sent);
      limitTime(sent, timeoutMs, reject);
      // Without an error, an upgrade of the connection ends a request, too; behind a response it says nothing new.
      sent.on("close", () => reject(new Error("the connection was closed before a response")));
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
  response.on("error", reject).on("end", () => {
    const wait = retryAfterMs(response.headers["retry-after"], Date.now());
    resolve({ status: response.statusCode!, body, ...(wait > 0 && { retryAfterMs: wait }) });
  });
}

/** By a timer that ends with the request: that of `AbortSignal.timeout` stays until its time is over. */
function limitTime(request: http.ClientRequest, ms: number, reject: (error: unknown) => void): void {
  const timer = setTimeout(() => {
    reject(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    request.destroy();
  }, ms);
  request.once("close", () => clearTimeout(timer));
}

function limitConnecting(request: http.ClientRequest): void {
  request.once("socket", (socket) => {
    if (!socket.connecting) return;
    const message = `no connection within ${CONNECT_TIMEOUT_MS} ms`;
    const late = () => request.destroy(Object.assign(new Error(message), { code: "ETIMEDOUT" }));
    const timer = setTimeout(late, CONNECT_TIMEOUT_MS);
    const done = () => clearTimeout(timer);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", done).once("close", done);
  });
}
