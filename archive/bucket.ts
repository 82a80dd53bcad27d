import { addAbortSignal, type Readable } from "node:stream";
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ArchiveObject } from "../core/sinks/archive/archive-object";
import { readFailure, writeFailure } from "./bucket-errors";
import { ObjectError } from "./outcome-errors";

/** One version of an object: writing its key again, in whatever way, changes the ETag. */
export interface ObjectVersion {
  key: string;
  etag: string;
}

export interface StoredObject extends ObjectVersion {
  bytes: number;
  /** When it was written, in ms since the epoch. */
  modified?: number;
  /** Called with the length in bytes of each chunk that was read, when the next one is requested. */
  onRead?: (bytes: number) => void;
}

export interface OpenObject {
  metadata: Record<string, string>;
  /** When it was written, in ms since the epoch. */
  lastModified?: number;
  /** The whole content, in chunks of any size. */
  chunks: AsyncIterable<Uint8Array>;
}

/** What is directly in a folder, or a page of it. */
export interface Level {
  folders: string[];
  keys: string[];
}

/** Where a listing goes on. */
type ListingPlace = Pick<ListObjectsV2CommandInput, "StartAfter" | "ContinuationToken">;

/** Maximum number of consecutive broken connections without a byte in between. Reading continues after each. */
const MAX_BREAKS = 3;

/** The bucket of the archive. Requests in flight when `signal` aborts fail with its reason. */
export class Bucket {
  constructor(
    private readonly s3: S3Client,
    readonly name: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Lists the objects whose keys begin with `prefix`, in the order of their keys, without the folders that consoles create. */
  async *list(prefix: string): AsyncGenerator<StoredObject> {
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: this.s3 },
      { ...this.place, Prefix: prefix },
      this.options,
    )) {
      for (const { Key, Size, ETag, LastModified } of Contents) {
        const modified = LastModified && { modified: LastModified.getTime() };
        if (!Key!.endsWith("/")) yield { key: Key!, etag: ETag!, bytes: Size!, ...modified };
      }
    }
  }

  /** Lists the folders directly under `prefix`, each as a prefix itself. */
  async folders(prefix: string): Promise<string[]> {
    const folders: string[] = [];
    const input = { ...this.place, Prefix: prefix, Delimiter: "/" };
    for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: this.s3 }, input, this.options)) {
      folders.push(...CommonPrefixes.map((folder) => folder.Prefix!));
    }
    return folders;
  }

  /**
   * Lists what is directly under `prefix`, one page at a time: folders, each as a prefix, and keys.
   *
   * @param jump behind which text the listing goes on after a key that is the last of its page. @default behind that key
   */
  async *level(prefix: string, jump: (lastKey: string) => string | undefined): AsyncGenerator<Level> {
    for (let after: ListingPlace = {}; ; ) {
      const input = { ...this.place, ...after, Prefix: prefix, Delimiter: "/" };
      const page = await this.s3.send(new ListObjectsV2Command(input), this.options);
      const folders = (page.CommonPrefixes ?? []).map((folder) => folder.Prefix!);
      const keys = (page.Contents ?? []).map(({ Key }) => Key!).filter((key) => !key.endsWith("/"));
      yield { folders, keys };
      if (!page.IsTruncated) return;
      const StartAfter = keys.length > 0 ? jump(keys.at(-1)!) : undefined;
      // A place that is reached already would be reached for ever.
      const isFurther =
        StartAfter !== undefined && StartAfter !== after.StartAfter && StartAfter > (folders.at(-1) ?? "");
      after = isFurther ? { StartAfter } : { ContinuationToken: page.NextContinuationToken! };
    }
  }

  /** Returns the object as it is now. @throws ObjectError, StoppedError */
  async find(key: string): Promise<StoredObject> {
    try {
      for await (const object of this.list(key)) if (object.key === key) return object;
    } catch (error) {
      this.signal.throwIfAborted();
      throw readFailure(error, this.name);
    }
    throw new ObjectError("was deleted while it was read");
  }

  /** @throws ObjectError (an OverwrittenError when it is no longer what was listed), StoppedError; so does reading the chunks */
  async open(object: StoredObject): Promise<OpenObject> {
    const first = await this.get(object);
    const modified = first.LastModified && { lastModified: first.LastModified.getTime() };
    return { metadata: first.Metadata ?? {}, ...modified, chunks: this.chunks(object, first) };
  }

  /** Returns the metadata of an object, without its content. @throws as `open` */
  async metadata({ key, etag }: ObjectVersion): Promise<Record<string, string>> {
    return this.answered(async () => {
      const input = { ...this.place, Key: key, IfMatch: etag };
      const { Metadata = {} } = await this.s3.send(new HeadObjectCommand(input), this.options);
      return Metadata;
    });
  }

  /** Returns the last bytes of an object. @param count of at most as many as it has @throws as `open` */
  async lastBytes(object: StoredObject, count: number): Promise<Buffer> {
    const { Body } = await this.get(object, { Range: `bytes=${object.bytes - count}-` });
    return this.answered(async () => Buffer.from(await Body!.transformToByteArray()));
  }

  /** @throws ObjectError, StoppedError */
  async put({ key, body, contentType, metadata }: ArchiveObject): Promise<void> {
    const content = { Body: body, ContentType: contentType, Metadata: metadata };
    try {
      await this.s3.send(new PutObjectCommand({ ...this.place, Key: key, ...content }), this.options);
    } catch (error) {
      this.signal.throwIfAborted();
      throw writeFailure(error, this.name);
    }
  }

  private get place(): { Bucket: string } {
    return { Bucket: this.name };
  }

  private get options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.signal };
  }

  private async get({ key, etag }: ObjectVersion, range: { Range?: string } = {}): Promise<GetObjectCommandOutput> {
    const input = { ...this.place, Key: key, IfMatch: etag, ...range };
    return this.answered(() => this.s3.send(new GetObjectCommand(input), this.options));
  }

  /** @throws what a request to read an object that fails means */
  private async answered<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      this.signal.throwIfAborted();
      throw readFailure(error, this.name);
    }
  }

  /** After a broken connection only the rest of the object is requested. */
  private async *chunks(object: StoredObject, first: GetObjectCommandOutput): AsyncGenerator<Uint8Array> {
    let read = 0;
    let breaks = 0;
    for (let { Body } = first; ; { Body } = await this.get(object, { Range: `bytes=${read}-` })) {
      try {
        for await (const chunk of addAbortSignal(this.signal, Body as Readable) as AsyncIterable<Uint8Array>) {
          yield chunk;
          read += chunk.length;
          object.onRead?.(chunk.length);
          breaks = 0;
        }
        return;
      } catch (error) {
        this.signal.throwIfAborted();
        breaks++;
        if (breaks > MAX_BREAKS || read === first.ContentLength) throw readFailure(error, this.name);
      }
    }
  }
}
