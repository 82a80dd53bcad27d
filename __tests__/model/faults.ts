import type { HttpRequest, HttpResponse } from "../../core/http/send";

/** What comes back: a response, an error in its place, or nothing. */
export type Reply = HttpResponse | Error | "silence";

/** One way in which a request goes wrong. `work` lets the server do what it is asked for. */
export type Fault = (request: HttpRequest, work: (request: HttpRequest) => Promise<HttpResponse>) => Promise<Reply>;

const failed = (code: string): Error => Object.assign(new Error(`request failed: ${code}`), { code });

/** The server does nothing. */
const instead =
  (reply: Reply): Fault =>
  async () =>
    reply;

/** The server has processed the request; its response is lost on the way. */
const afterwards =
  (reply: (response: HttpResponse) => Reply): Fault =>
  async (request, work) =>
    reply(await work(request));

const status = (code: number, body = ""): Fault => instead({ status: code, body });

/** A proxy answers, and says what it was asked. */
const quoted =
  (code: number, body: (request: string) => string): Fault =>
  async (request) => ({ status: code, body: body(request.body.toString()) });

const asJson = (message: string): string => JSON.stringify({ message, error: { type: message, reason: message } });
const asHtml = (request: string): string => `<html>${request}</html>`;

const retryAfter = (retryAfterMs: number): Fault => instead({ status: 503, body: "", retryAfterMs });

/** A rejection in the words of an engine. */
export function engineError(code: number, type: string): HttpResponse {
  return { status: code, body: JSON.stringify({ error: { type, reason: "…" }, status: code }) };
}

const withBody = (change: (body: string) => string): Fault =>
  afterwards(({ status, body }) => ({ status, body: change(body) }));

const withItems = (change: (items: unknown[]) => unknown[]): Fault =>
  withBody((body) => (body.startsWith("{") ? JSON.stringify({ items: change(JSON.parse(body).items) }) : body));

const NETWORK: Record<string, Fault> = {
  "connection refused": instead(failed("ECONNREFUSED")),
  "no address": instead(failed("ENOTFOUND")),
  "certificate expired": instead(failed("CERT_HAS_EXPIRED")),
  "reset before": instead(failed("ECONNRESET")),
  "reset after": afterwards(() => failed("ECONNRESET")),
  "silence before": instead("silence"),
  "silence after": afterwards(() => "silence"),
  408: status(408),
  500: status(500),
  503: status(503),
  "503, soon": retryAfter(5_000),
  "503, much later": retryAfter(3_600_000),
  403: status(403),
};

/** Rejects a request that could be split, as a temporarily lower limit does. */
const splittable =
  (response: HttpResponse): Fault =>
  async (request, work) =>
    linesOf(request).length > 2 ? response : work(request);

export const SEARCH_FAULTS: Record<string, Fault> = {
  ...NETWORK,
  401: quoted(401, asJson),
  403: quoted(403, asJson),
  404: quoted(404, asJson),
  429: status(429),
  502: quoted(502, asHtml),
  504: status(504),
  "413 for a while": splittable({ status: 413, body: "" }),
  "400 for a while": splittable(engineError(400, "illegal_argument_exception")),
  "400 of a proxy": quoted(400, asHtml),
  "cluster blocked": instead(engineError(403, "cluster_block_exception")),
  "half of it applied": (request, work) => {
    const lines = linesOf(request);
    const half = lines.slice(0, 2 * Math.floor(lines.length / 4)).map((line) => `${line}\n`);
    return afterwards(() => failed("ECONNRESET"))({ ...request, body: Buffer.from(half.join("")) }, work);
  },
  "half response": withBody((body) => body.slice(0, body.length / 2)),
  "empty response": withBody(() => ""),
  "no JSON": withBody(() => "<html>OK</html>"),
  "items missing": withItems((items) => items.slice(0, -1)),
  "items too many": withItems((items) => [...items.slice(0, 1), ...items]),
  "no items": withItems(() => []),
  "items without a status": withItems((items) => items.map(() => ({ create: {} }))),
};

export const STORAGE_FAULTS: Record<string, Fault> = {
  ...NETWORK,
  "slow down": status(503, "<Error><Code>SlowDown</Code></Error>"),
};

function linesOf({ body }: HttpRequest): string[] {
  return body.toString().split("\n").slice(0, -1);
}
