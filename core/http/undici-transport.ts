import { Readable } from "node:stream";
import { Pool } from "undici";
import { CONNECT_TIMEOUT_MS, timeoutError, tooLongError } from "./limits";
import { responseOf } from "./response";
import type { HttpRequest, HttpResponse, Send } from "./send";
import { withNodeCode } from "./undici-errors";

/**
 * Sends requests to `origin` by undici, over connections that it keeps open. The long-running commands' transport;
 * it is too large for the functions' bundles.
 *
 * Differs from `nodeTransport` where undici differs from Node.js: `100 Continue`, which no request asks for, is an error
 * (ECONNRESET); and a response that only the connection's end ends is taken for complete even if that is a reset.
 */
export function undiciTransport(origin: string): Send {
  // Its own limits for headers and body are off: `timeoutMs` includes both. A pipelining of 1 is none.
  const pool = new Pool(origin, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
  return (request) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const controller = new AbortController();
      const timer = setTimeout(() => {
        const error = timeoutError();
        // Undici itself rejects a request without a connection only once there is one, or none can be made.
        reject(error);
        controller.abort(error);
      }, request.timeoutMs);
      exchange(pool, request, controller)
        .then(resolve, (error) => reject(withNodeCode(error)))
        .finally(() => clearTimeout(timer));
    });
}

async function exchange(pool: Pool, request: HttpRequest, controller: AbortController): Promise<HttpResponse> {
  const { method, path, maxResponseBytes } = request;
  const { signal } = controller;
  let bytes = 0;
  const count = (more: number) => {
    bytes += more;
    if (bytes > maxResponseBytes) controller.abort(tooLongError());
  };
  // Interim responses can go on for ever, too; undici itself limits the headers of each, and trailers.
  const onInfo = (interim: object) => count(JSON.stringify(interim).length);
  const { statusCode, headers, body } = await pool.request({ method, path, ...payloadOf(request), signal, onInfo });
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    count(chunk.length);
    chunks.push(chunk);
  }
  const [retryAfter] = [headers["retry-after"]].flat();
  return responseOf(statusCode, Buffer.concat(chunks).toString(), retryAfter);
}

/** Size of one write, in bytes: as much as a socket buffers. */
const PART_BYTES = 64 * 1024;

/**
 * The body as a stream of parts: after an early response undici closes the connection of a stream that it has not sent
 * whole, but goes on with a buffer. Of a copy, because the last parts may wait in the socket when the caller reuses it.
 */
function payloadOf({ headers, body }: HttpRequest) {
  if (body.length === 0) return { headers, body: null };
  // Without a length undici sends a stream in chunks, which S3 does not accept.
  const named = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length");
  return {
    headers: Object.fromEntries([...named, ["Content-Length", String(body.length)]]),
    body: Readable.from(partsOf(Buffer.from(body))),
  };
}

function* partsOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PART_BYTES) yield body.subarray(at, at + PART_BYTES);
}
