import { createHash } from "node:crypto";
import { type AttemptIo, attempt, NOT_SENT } from "../http/attempt";
import { type BucketAddress, objectPath } from "../http/bucket-address";
import { CONNECTION_RULES } from "../http/connection-rules";
import { failureReason } from "../http/failure-reason";
import type { OpenStream, StreamedResponse } from "../http/node-stream";
import { s3ErrorCode } from "../http/s3-error";
import type { HttpRequest } from "../http/send";
import { type Failure, type RetryIo, retry } from "../retry/retry";
import { classify } from "../retry/rule";
import { S3_RULES } from "../sinks/archive/put-rules";
import type { OriginalVersion } from "./compacted-object";
import type { CompactionBucket, ObjectContent } from "./compaction-bucket";
import { CompactionError } from "./compaction-error";
import { type ListingPage, readListing } from "./listing";

export interface S3BucketIo extends Omit<AttemptIo, "retry"> {
  bucket: string;
  address: BucketAddress;
  /** Opens streams from the address's target. */
  stream: OpenStream;
  retry: RetryIo;
  /** The page of the docs that lists what the function's role needs. */
  permissionsIn: string;
  /** A request failed with a retryable error. */
  failed(reason: string): void;
}

/** An object, and the version that is meant. @default the newest */
interface AskedVersion {
  key: string;
  etag?: string;
}

interface ListingOptions {
  delimiter?: string;
  startAfter?: string | undefined;
}

/** An object whose content arrives. */
export interface ArrivingObject {
  metadata: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array>;
  /** Length of `body`, where S3 says it. */
  bytes?: number;
}

/** A page has 1,000 keys of at most 1,024 bytes each, which URL encoding may triple. */
const MAX_LISTING_BYTES = 8 * 1024 * 1024;

/** S3's own errors have some hundred bytes. */
const MAX_ERROR_BYTES = 64 * 1024;

const NOTHING: Buffer = Buffer.alloc(0);

/** Statuses that mean: there is no such version. 409: another request about the key came first (Amazon S3 User Guide, conditional requests). */
const GONE: readonly number[] = [404, 409, 412];

type Response = { status: number; body: string; retryAfterMs?: number };

/** The archive bucket, for functions. Each request is repeated until the deadline. All throw a CompactionError. */
export class S3Bucket implements CompactionBucket {
  constructor(private readonly io: S3BucketIo) {}

  /** Source: Amazon S3 API Reference, GetObjectLockConfiguration. */
  async isLocked(): Promise<boolean> {
    const { status, body } = await this.#send(
      "check the Object Lock of",
      { method: "GET", path: "?object-lock" },
      [200, 404],
    );
    if (status === 404 && s3ErrorCode(body) === "ObjectLockConfigurationNotFoundError") return false;
    if (status === 404) throw this.#failure("check the Object Lock of", { status, body });
    return true;
  }

  async *list(prefix: string) {
    for await (const { objects } of this.pages(prefix)) yield* objects;
  }

  /**
   * Lists what begins with `prefix`, page by page. Source: Amazon S3 API Reference, ListObjectsV2.
   *
   * @param options `delimiter`: up to which keys make folders; `startAfter`: behind which key it begins
   */
  async *pages(prefix: string, options: ListingOptions = {}): AsyncGenerator<ListingPage, void, undefined> {
    const { delimiter, startAfter } = options;
    // In the order in which Signature Version 4 signs them.
    const parameters = [
      ...(delimiter === undefined ? [] : [`delimiter=${encodeURIComponent(delimiter)}`]),
      "encoding-type=url",
      "list-type=2",
      `prefix=${encodeURIComponent(prefix)}`,
      ...(startAfter === undefined ? [] : [`start-after=${encodeURIComponent(startAfter)}`]),
    ];
    let last = "";
    for (let next: string | undefined = ""; next !== undefined; ) {
      const from: string = next && `continuation-token=${encodeURIComponent(next)}&`;
      const path = `?${from}${parameters.join("&")}`;
      const request = { method: "GET", path, maxResponseBytes: MAX_LISTING_BYTES } as const;
      const response = await this.#send("list", request, [200]);
      const page = readListing(response.body);
      if (!page) throw this.#failure("list", { ...response, body: NOT_A_LISTING });
      for (const object of page.objects) {
        // The lines of an object that is listed twice would be written twice.
        if (!isAfter(object.key, last)) throw this.#failure("list", { ...response, body: NOT_IN_ORDER });
        last = object.key;
      }
      yield page;
      next = page.next;
    }
  }

  async read(object: AskedVersion, maxBytes?: number): Promise<ObjectContent | undefined> {
    const range = maxBytes === undefined ? undefined : `bytes=0-${maxBytes - 1}`;
    return this.#get(object, range, async (response) => ({
      body: await wholeBody(response, maxBytes),
      metadata: metadataIn(response.headers),
    }));
  }

  /**
   * Opens an object, to read it as it arrives.
   *
   * @param from the byte at which it is to begin
   * @returns undefined if there is no such version
   */
  async open(object: AskedVersion, from = 0): Promise<ArrivingObject | undefined> {
    const range = from === 0 ? undefined : `bytes=${from}-`;
    return this.#get(object, range, async ({ headers, body }) => {
      const length = headers["content-length"];
      return { metadata: metadataIn(headers), body, ...(length !== undefined && { bytes: Number(length) }) };
    });
  }

  async #get<T>(
    { key, etag }: AskedVersion,
    range: string | undefined,
    take: (response: StreamedResponse) => Promise<T>,
  ): Promise<T | undefined> {
    const headers = { ...(etag !== undefined && { "If-Match": etag }), ...(range !== undefined && { Range: range }) };
    let content: T | undefined;
    await this.#retried("read from", async () => {
      const timeoutMs = Math.min(this.io.requestTimeoutMs, this.io.retry.remainingMs());
      if (timeoutMs <= 0) return NOT_SENT;
      try {
        const response = await this.io.stream({ path: objectPath(this.io.address, key), headers, timeoutMs });
        if (response.status === 200 || response.status === 206) {
          content = await take(response);
          return undefined;
        }
        if (GONE.includes(response.status)) {
          await errorBody(response);
          return undefined;
        }
        return this.#rejected("read from", { status: response.status, body: await errorBody(response) });
      } catch (error) {
        if (error instanceof CompactionError) throw error;
        return this.#unanswered("read from", { ...classify(CONNECTION_RULES, error), reason: failureReason(error) });
      }
    });
    return content;
  }

  /** Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes". */
  async create(key: string, body: Buffer, metadata: Readonly<Record<string, string>>): Promise<boolean> {
    const hash = createHash("sha256").update(body).digest();
    const headers: Record<string, string> = {
      "Content-Type": "application/gzip",
      "If-None-Match": "*",
      "X-Amz-Content-Sha256": hash.toString("hex"),
      "x-amz-checksum-sha256": hash.toString("base64"),
      "x-amz-sdk-checksum-algorithm": "SHA256",
    };
    for (const [name, value] of Object.entries(metadata)) headers[`x-amz-meta-${name}`] = value;
    const request = { method: "PUT", key, headers, body } as const;
    return (await this.#send("write to", request, [200, 409, 412])).status === 200;
  }

  /** Source: Amazon S3 User Guide, "How to perform conditional deletes". */
  async remove({ key, etag }: OriginalVersion): Promise<boolean> {
    const request = { method: "DELETE", key, headers: { "If-Match": etag } } as const;
    return !GONE.includes((await this.#send("delete from", request, [200, 204, ...GONE])).status);
  }

  async #send(what: string, request: PartialRequest, expected: readonly number[]): Promise<Response> {
    const { address } = this.io;
    const { key, path = "", headers = {}, body = NOTHING, maxResponseBytes = MAX_ERROR_BYTES } = request;
    const full = key === undefined ? address.pathPrefix + path : objectPath(address, key);
    let answer!: Response;
    await this.#retried(what, async () => {
      const result = await attempt({ method: request.method, path: full, headers, body, maxResponseBytes }, this.io);
      if (!("status" in result)) return result === NOT_SENT ? NOT_SENT : this.#unanswered(what, result);
      if (!expected.includes(result.status) || s3ErrorCode(result.body) === "NoSuchBucket") {
        return this.#rejected(what, result);
      }
      answer = result;
      return undefined;
    });
    return answer;
  }

  /** @throws CompactionError */
  async #retried(what: string, once: () => Promise<Failure | undefined>): Promise<void> {
    const exhausted = await retry(once, this.io.retry);
    if (!exhausted) return;
    const { reason } = exhausted.failure;
    const code = exhausted.by === "unreachable" ? exhausted.failure.code : "DEADLINE_PASSED";
    throw new CompactionError(code, `Could not ${what} bucket ${this.io.bucket} in time: ${reason}.`);
  }

  #unanswered(what: string, result: Exclude<Awaited<ReturnType<typeof attempt>>, Response>): Failure {
    if (result.outcome === "returned to Lambda") {
      const text = `Cannot ${what} bucket ${this.io.bucket}: ${result.reason}. ${result.advice}`;
      throw new CompactionError(result.code, text);
    }
    this.io.failed(result.reason);
    return result;
  }

  #rejected(what: string, { status, body, retryAfterMs }: Response): Failure {
    const { applies: _, ...rule } = classify(S3_RULES, { status, code: s3ErrorCode(body) });
    if (rule.outcome !== "retried") throw this.#failure(what, { status, body });
    const reason = `${status} ${s3ErrorCode(body)}`.trim();
    this.io.failed(reason);
    return { ...rule, reason, retryAfterMs };
  }

  #failure(what: string, { status, body }: Response): CompactionError {
    const rule = classify(S3_RULES, { status, code: s3ErrorCode(body) });
    const code = rule.outcome === "returned to Lambda" ? rule.code : "UNEXPECTED_RESPONSE";
    const said = [NOT_A_LISTING, NOT_IN_ORDER].includes(body) ? body : s3ErrorCode(body);
    return new CompactionError(
      code,
      `Cannot ${what} bucket ${this.io.bucket}: ${`${status} ${said}`.trim()}. ${this.io.permissionsIn} lists what the function's role needs.`,
    );
  }
}

const NOT_A_LISTING = "without a listing";
const NOT_IN_ORDER = "with keys that are not in order";

/** In the order of their bytes, as S3 lists keys; texts are compared by their UTF-16 units. */
const isAfter = (key: string, last: string): boolean =>
  key > last || Buffer.compare(Buffer.from(key), Buffer.from(last)) > 0;

interface PartialRequest extends Pick<HttpRequest, "method"> {
  /** Of an object; without it, `path` is what follows the bucket's. */
  key?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Buffer;
  maxResponseBytes?: number;
}

const METADATA = "x-amz-meta-";

function metadataIn(headers: StreamedResponse["headers"]): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith(METADATA));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(METADATA.length), String(value)]));
}

/** A body that is shorter than its length is cut off, which not every version of Node.js reports. */
async function wholeBody({ headers, body, close }: StreamedResponse, maxBytes = Number.POSITIVE_INFINITY) {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    // An endpoint may not know `Range`.
    if (bytes < maxBytes) continue;
    close();
    return Buffer.concat(parts).subarray(0, maxBytes);
  }
  const length = headers["content-length"];
  if (length !== undefined && bytes !== Number(length)) throw new Error("the object was cut off");
  return Buffer.concat(parts);
}

/** Reads the connection empty, so that the next request can use it. */
async function errorBody({ body, close }: StreamedResponse): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes < MAX_ERROR_BYTES) continue;
    close();
    break;
  }
  return Buffer.concat(parts).toString();
}
