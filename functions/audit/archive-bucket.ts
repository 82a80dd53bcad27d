import type { Bucket, Level, ObjectVersion, OpenObject, StoredObject } from "../../archive/bucket";
import { ObjectError, OverwrittenError, StoppedError } from "../../archive/outcome-errors";
import { type ArrivingContent, resumedChunks } from "../../archive/resumed-chunks";
import type { ArrivingObject, S3Bucket } from "../../core/compaction/s3-bucket";
import { PipelineError } from "../../core/errors";

const BROKEN = "cannot be read: the connection breaks";

/** The archive bucket as an audit reads it, by the functions' own client. */
export class ArchiveBucket implements Bucket {
  constructor(
    private readonly s3: Pick<S3Bucket, "pages" | "open" | "read">,
    readonly name: string,
  ) {}

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    for await (const { objects } of stopping(this.s3.pages(prefix))) {
      for (const object of objects) if (!object.key.endsWith("/")) yield object;
    }
  }

  async folders(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { folders } of stopping(this.s3.pages(prefix, { delimiter: "/" }))) found.push(...folders);
    return found;
  }

  async *level(prefix: string, jump: (lastKey: string) => string | undefined): AsyncGenerator<Level> {
    for (let startAfter: string | undefined; ; ) {
      let further: string | undefined;
      for await (const { objects, folders, next } of stopping(this.s3.pages(prefix, { delimiter: "/", startAfter }))) {
        const keys = objects.map(({ key }) => key).filter((key) => !key.endsWith("/"));
        yield { folders, keys };
        const to = next !== undefined && keys.length > 0 ? jump(keys.at(-1)!) : undefined;
        // A place that is reached already would be reached for ever.
        if (to !== undefined && to > (startAfter ?? "") && to > (folders.at(-1) ?? "")) further = to;
        if (further !== undefined) break;
      }
      if (further === undefined) return;
      startAfter = further;
    }
  }

  async find(key: string): Promise<StoredObject> {
    for await (const object of this.list(key)) if (object.key === key) return object;
    throw new ObjectError("was deleted while it was read");
  }

  async open(object: StoredObject): Promise<OpenObject> {
    const { metadata, ...first } = await this.content(object);
    const chunks = resumedChunks(object, first, {
      rest: (from) => this.content(object, from),
      failure: (thrown) =>
        thrown instanceof ObjectError || thrown instanceof StoppedError ? thrown : new ObjectError(BROKEN),
    });
    return { metadata, chunks };
  }

  /** By a GET of one byte: the functions' transport reads no HEAD. */
  async metadata({ key, etag }: ObjectVersion): Promise<Record<string, string>> {
    const read = await this.s3.read({ key, etag }, 1).catch(stop);
    if (!read) throw new OverwrittenError();
    return { ...read.metadata };
  }

  async lastBytes(object: StoredObject, count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    const { body } = await this.content(object, object.bytes - count);
    try {
      for await (const part of body) parts.push(part);
    } catch {
      throw new ObjectError(BROKEN);
    }
    return Buffer.concat(parts);
  }

  private async content(
    { key, etag }: StoredObject,
    from = 0,
  ): Promise<ArrivingContent & { metadata: Record<string, string> }> {
    const opened = await this.s3.open({ key, etag }, from).catch(stop);
    if (!opened) throw new OverwrittenError();
    return { ...opened, metadata: { ...opened.metadata }, body: whole(opened) };
  }
}

/** A body that is shorter than its length is cut off, which not every version of Node.js reports. */
async function* whole({ body, bytes }: ArrivingObject): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const part of body) {
    read += part.length;
    yield part;
  }
  if (bytes !== undefined && read !== bytes) throw new Error("the object was cut off");
}

async function* stopping<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    stop(error);
  }
}

/** What S3 does not allow, or not in time, it does not allow of the next object either. */
function stop(error: unknown): never {
  throw error instanceof PipelineError ? new StoppedError(error.message) : error;
}
