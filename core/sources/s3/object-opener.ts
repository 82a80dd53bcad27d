import { failureReason } from "../../http/failure-reason";
import type { StreamedResponse } from "../../http/node-stream";
import { backoffMs } from "../../retry/backoff";
import type { ParserChoice } from "../../settings/parser-choice";
import { ByteReader } from "./byte-reader";
import { type GetIo, type GetObject, objectGetter } from "./get-object";
import type { ObjectChunk } from "./object-chunk";
import { SourceObjectError } from "./object-error";
import type { ObjectPosition } from "./object-position";
import type { OpenSourceObject } from "./object-reader";
import { type LinesReadOptions, readObjectLines } from "./read-object-lines";
import type { SourceObject } from "./source-object";

export interface OpenerIo extends GetIo, Pick<LinesReadOptions, "findObjects"> {}

/** Makes what opens objects of S3: a connection that breaks is opened again where it broke, with what is inflated kept. */
export function objectOpener(io: OpenerIo): OpenSourceObject {
  const get = objectGetter(io);
  return async ({ object, position }, format) => {
    const offset = position?.offset ?? 0;
    // From the byte before: what is behind the last byte cannot be asked for.
    const before = offset > 0 ? 1 : 0;
    const download = new Download(object, get, io, await get(object, offset - before), offset - before);
    const chunks = download.chunks(before, position, format);
    const end = chunks.return.bind(chunks);
    // Also of chunks that nobody has asked for; and at once, even if a part is awaited.
    chunks.return = (value) => {
      download.close();
      return end(value);
    };
    return { lastModified: download.lastModified, size: download.size, chunks };
  };
}

/** The bytes of an object from an offset on. */
class Download {
  readonly size: number;
  readonly lastModified: number;
  #isClosed = false;

  /** @param response to the request for what begins at `offset` */
  constructor(
    private readonly object: SourceObject,
    private readonly get: GetObject,
    private readonly io: OpenerIo,
    private response: StreamedResponse,
    private offset: number,
  ) {
    const { "content-length": length, "last-modified": modified } = response.headers;
    this.size = offset + Number(length ?? Number.NaN);
    // It is the time of lines without one: any other would be another one at each delivery.
    this.lastModified = Date.parse(modified ?? "");
    if (Number.isNaN(this.size + this.lastModified)) {
      response.close();
      throw new SourceObjectError("UNEXPECTED_RESPONSE", "message retried", NO_HEADERS, ADVICE);
    }
  }

  /** @param skip how many bytes are left out at the start */
  async *chunks(
    skip: number,
    position: ObjectPosition | undefined,
    format: ParserChoice,
  ): AsyncGenerator<ObjectChunk, void, undefined> {
    try {
      const reader = new ByteReader(this.parts(skip), this.offset + skip);
      yield* readObjectLines(reader, position, format, { findObjects: this.io.findObjects });
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.response.close();
  }

  /** @throws SourceObjectError */
  private async *parts(skip: number): AsyncGenerator<Buffer, void, undefined> {
    let left = skip;
    for (let tries = 0; this.offset < this.size; tries++) {
      if (tries > 0) await this.reopen(tries);
      try {
        for await (const part of this.response.body) {
          this.offset += part.length;
          tries = 0;
          const bytes = left === 0 ? part : part.subarray(left);
          left = 0;
          if (bytes.length > 0) yield bytes;
          if (this.io.retry.remainingMs() <= 0) throw noTimeLeft();
        }
        this.failed("the connection was closed before the object's end");
      } catch (error) {
        if (error instanceof SourceObjectError) throw error;
        this.failed(failureReason(error));
      }
    }
  }

  private failed(reason: string): void {
    if (this.offset < this.size && !this.#isClosed) this.io.failed(reason);
  }

  private async reopen(tries: number): Promise<void> {
    if (this.#isClosed) throw noTimeLeft();
    const wait = backoffMs(tries - 1, this.io.retry.random());
    if (wait >= this.io.retry.remainingMs()) throw noTimeLeft();
    await this.io.retry.sleep(wait);
    this.response = await this.get(this.object, this.offset);
  }
}

const NO_HEADERS = "a response without Content-Length or Last-Modified";
const ADVICE = "Check AWS_ENDPOINT_URL_S3, if it is set, and proxies.";

const noTimeLeft = (): SourceObjectError =>
  new SourceObjectError("DEADLINE_PASSED", "message retried", "the deadline has passed while the object was read");
