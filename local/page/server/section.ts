import type { Readable } from "node:stream";

/** A part of the page: what it answers, by method and path below the page's link, such as `POST api/put`. */
export interface PageSection {
  readonly routes: Readonly<Record<RouteName, PageRoute>>;
}

export type RouteName = `${"GET" | "POST"} api/${string}`;

export interface PageRoute {
  /** What a POST may send. @default JSON of up to 64 KiB */
  readonly body?: RouteBody;
  /** @throws PageError what the page is to show; any other error is answered with the status 500 and its message */
  handle(request: PageRequest): Promise<PageAnswer>;
}

export interface RouteBody {
  readonly type: BodyType;
  readonly maxBytes: number;
  /** What to do with more: a sentence. @default nothing */
  readonly advice?: string;
}

/** Of JSON, `body` is all of it; of octets, `content` is read as they come. */
export type BodyType = "application/json" | "application/octet-stream";

/** A request that the guard has let pass. */
export interface PageRequest {
  readonly query: URLSearchParams;
  /** Empty for a GET, and for octets. */
  readonly body: Buffer;
  /** Of octets. @throws PageError while it is read, when it is too long */
  readonly content?: AsyncIterable<Buffer>;
  /** Aborted when the page no longer waits for the answer. */
  readonly signal: AbortSignal;
}

/** JSON by default; a file, for what the page downloads. */
export type PageAnswer = { readonly json: unknown } | { readonly fileName: string; readonly content: Readable };

/** What the page is to show in place of an answer. */
export class PageError extends Error {
  override readonly name = "PageError";

  /** @param status 400 to 599 */
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Returns the JSON that a request has sent. @throws PageError for any other body */
export function jsonBody(request: Pick<PageRequest, "body">): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    throw new PageError("The request's body is no JSON.");
  }
}
