import { sign as aws4Sign } from "aws4";
import { Pool } from "undici";
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

/**
 * Opens a keep-alive pool to `target` and returns what sends signed requests over it.
 *
 * @param credentials called for each request, so that renewed credentials are used
 */
export function signedClient(target: Target, credentials: () => Credentials): Send {
  const pool = new Pool(target.origin, { connect: { timeout: 5_000 } });
  return async (request) => {
    const response = await pool.request({
      method: request.method,
      path: request.path,
      headers: signedHeaders(request, target, credentials()),
      body: request.body,
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    const wait = retryAfterMs(response.headers["retry-after"], Date.now());
    return {
      status: response.statusCode,
      body: await response.body.text(),
      ...(wait > 0 && { retryAfterMs: wait }),
    };
  };
}
