/** A request to one origin. */
export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query, percent-encoded. */
  path: string;
  headers: Record<string, string>;
  /** The caller may overwrite it once the promise of its `Send` has settled. */
  body: Buffer;
  /** Limit for the connection, the headers and the body together, in milliseconds. */
  timeoutMs: number;
  /** Limit for all that is received in return, in bytes: the body and, however many there are, headers and trailers. */
  maxResponseBytes: number;
}

export interface HttpResponse {
  status: number;
  body: string;
  /** The wait that a `Retry-After` header asks for, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * Sends one request, once; follows no redirect. Rejects when no complete response arrives: the connection is refused,
 * reset or cut off, or one of the limits is exceeded. The error then has Node.js's `code`, `RESPONSE_TOO_LONG` or the name
 * `TimeoutError`, whichever transport sends, so that one table of rules classifies it.
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;
