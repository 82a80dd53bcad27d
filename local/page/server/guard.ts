import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { PageError, type PageRoute, type RouteBody } from "./section";

/** A request as it comes in. */
export interface GuardedRequest {
  readonly method: string;
  /** The request target: path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is let in. */
export interface Admission {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** The first part of the path. */
  readonly token: string;
}

/** What lets a request in: its path below the link. Or why it does not: status and message. */
export type Admitted = { readonly path: string; readonly query: URLSearchParams } | Denied;

export interface Denied {
  readonly status: number;
  readonly message: string;
}

/** For who follows the link of a pipeline that has ended, or a part of one. */
const NO_PAGE =
  "There is no page at this address. npm start -- status prints the links of what runs, each with the slash at its end.";

/** What a POST may send where its route says nothing else. */
const JSON_BODY: RouteBody = { type: "application/json", maxBytes: 65_536 };

/**
 * Admits requests of the page alone: programs on this machine do not know the token, and a browser that another site uses sends
 * that site's Host (DNS rebinding) or Origin.
 */
export function admit({ method, target, headers }: GuardedRequest, { port, token }: Admission): Admitted {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = headers;
  if (host === undefined || !hosts.includes(host)) {
    return denied(403, `The host is not this page's. Allowed: ${hosts.join(" and ")}.`);
  }
  if (method !== "GET" && method !== "POST") return denied(405, "The method is not allowed. Allowed: GET and POST.");
  // Of a page that shows this one in a frame, or sends it a form, the origin is another one's, or null.
  if (origin === undefined ? method === "POST" : origin !== `http://${host}`) {
    return denied(403, `The origin is not this page's. Allowed: http://${host}.`);
  }
  const [path, query = ""] = split(target, "?");
  const [, first = "", rest] = /^\/([^/]*)(?:\/(.*))?$/.exec(path) ?? [];
  if (rest === undefined || !isSame(first, token)) return denied(404, NO_PAGE);
  return { path: rest, query: new URLSearchParams(query) };
}

/** Checks what a POST says about its body. @returns why it is denied; undefined if it is not */
export function checkBody(headers: IncomingHttpHeaders, { body = JSON_BODY }: PageRoute): Denied | undefined {
  const [type] = (headers["content-type"] ?? "missing").toLowerCase().split(/ *;/);
  if (type !== body.type) return denied(415, `The content type is ${type}. Allowed: ${body.type}.`);
  if (Number(headers["content-length"] ?? 0) > body.maxBytes) return tooLong(body);
  return undefined;
}

/** Reads a body up to its route's limit: it may be sent without a length. */
export async function readBody(message: AsyncIterable<Buffer>, route: PageRoute): Promise<Buffer | Denied> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of bodyChunks(message, route)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
}

/** Yields a body up to its route's limit as it comes. @throws PageError when it is longer */
export async function* bodyChunks(
  message: AsyncIterable<Buffer>,
  { body = JSON_BODY }: PageRoute,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.byteLength;
    if (bytes > body.maxBytes) {
      const { status, message: why } = tooLong(body);
      throw new PageError(why, status);
    }
    yield chunk;
  }
}

const denied = (status: number, message: string): Denied => ({ status, message });

const tooLong = ({ maxBytes, advice }: Omit<RouteBody, "type">): Denied => {
  const allowed = `The request's body is too long. Allowed: up to ${maxBytes.toLocaleString("en-US")} bytes.`;
  return denied(413, advice === undefined ? allowed : `${allowed} ${advice}`);
};

function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Compares in a time that does not tell how much of it is right. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
