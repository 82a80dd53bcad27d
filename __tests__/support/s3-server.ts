import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type HttpServer, startServer } from "./http-server";
import type { WireRequest } from "./sigv4";

export interface S3Object {
  body: Buffer;
  metadata: Record<string, string>;
  /** In listings. @default they do not say it */
  modified?: Date;
}

export interface S3Server extends HttpServer {
  objects: Map<string, S3Object>;
  /** The prefix of each listing. */
  listed: string[];
  /** The key of each read. */
  read: string[];
  /** The key of each request for metadata alone. */
  asked: string[];
  put(key: string, body: Buffer, metadata?: Record<string, string>, modified?: Date): void;
  /** Answers in place of the server if it returns true. */
  intercept: (request: WireRequest, response: ServerResponse) => boolean;
}

/** When each object was written. */
export const LAST_MODIFIED = "Fri, 27 Nov 2026 03:05:00 GMT";

/** Keys in one page of a listing; few, so that there are several pages. */
const PAGE = 3;

/** Answers ListObjectsV2, HeadObject, GetObject and PutObject for one bucket as S3 does, by path-style requests. */
export async function startS3(bucket: string): Promise<S3Server> {
  const objects = new Map<string, S3Object>();
  const listed: string[] = [];
  const read: string[] = [];
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    if (s3.intercept(request, response)) return;
    const url = new URL(request.target, "http://s3");
    const [name, ...rest] = decodeURIComponent(url.pathname).slice(1).split("/");
    const key = rest.join("/");
    if (name !== bucket) {
      s3Error(response, 404, "NoSuchBucket", "The specified bucket does not exist");
    } else if (request.method === "PUT") {
      objects.set(key, { body: request.body, metadata: metadataOf(request.headers) });
      response.setHeader("etag", etagOf(request.body)).end();
    } else if (url.searchParams.has("list-type")) {
      if (!url.searchParams.has("continuation-token")) listed.push(url.searchParams.get("prefix")!);
      response.end(page(url.searchParams));
    } else {
      (request.method === "HEAD" ? asked : read).push(key);
      get(key, request, response);
    }
  });

  function page(query: URLSearchParams): string {
    const prefix = query.get("prefix")!;
    const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    if (query.get("delimiter") === "/") {
      const isDirect = (key: string) => !key.includes("/", prefix.length);
      const folders = new Set(
        keys.filter((key) => !isDirect(key)).map((key) => key.slice(0, key.indexOf("/", prefix.length) + 1)),
      );
      const xml = [...folders].map((folder) => `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
      const direct = keys.filter(isDirect).map((key) => `<Contents><Key>${key}</Key></Contents>`);
      return `<ListBucketResult>${xml.join("")}${direct.join("")}</ListBucketResult>`;
    }
    const rest = keys.filter((key) => key > after);
    const shown = rest.slice(0, PAGE);
    const more = rest.length > PAGE;
    const xml = shown.map((key) => {
      const { body, modified } = objects.get(key)!;
      const written = modified ? `<LastModified>${modified.toISOString()}</LastModified>` : "";
      return `<Contents><Key>${key}</Key><ETag>${etagOf(body)}</ETag><Size>${body.length}</Size>${written}</Contents>`;
    });
    const token = more ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : "";
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${xml.join("")}${token}</ListBucketResult>`;
  }

  function get(key: string, { headers }: WireRequest, response: ServerResponse): void {
    const object = objects.get(key);
    if (!object) {
      s3Error(response, 404, "NoSuchKey", "The specified key does not exist.");
      return;
    }
    const etag = etagOf(object.body);
    if ((headers["if-match"] ?? etag) !== etag) {
      s3Error(response, 412, "PreconditionFailed", "At least one of the pre-conditions did not hold");
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
    const body = object.body.subarray(from);
    for (const [name, value] of Object.entries(object.metadata)) response.setHeader(`x-amz-meta-${name}`, value);
    response
      .writeHead(headers.range ? 206 : 200, { "content-length": body.length, etag, "last-modified": LAST_MODIFIED })
      .end(body);
  }

  const s3: S3Server = {
    ...server,
    objects,
    listed,
    read,
    asked,
    put: (key, body, metadata = {}, modified) => objects.set(key, { body, metadata, ...(modified && { modified }) }),
    intercept: () => false,
  };
  return s3;
}

export const etagOf = (body: Buffer): string => `"${createHash("md5").update(body).digest("hex")}"`;

/** The user-defined metadata of an object that is put. */
export function metadataOf(headers: Record<string, string>): Record<string, string> {
  const prefix = "x-amz-meta-";
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(metadata.map(([name, value]) => [name.slice(prefix.length), value]));
}

export function s3Error(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
