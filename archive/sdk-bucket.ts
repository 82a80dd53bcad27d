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
import type { Bucket, Level, ObjectVersion, OpenObject, StoredObject } from "./bucket";
import { readFailure, writeFailure } from "./bucket-errors";
import { ObjectError } from "./outcome-errors";
import { resumedChunks } from "./resumed-chunks";

/** Where a listing goes on. */
type ListingPlace = Pick<ListObjectsV2CommandInput, "StartAfter" | "ContinuationToken">;

/** The bucket of the archive, by the AWS SDK. Requests in flight when `signal` aborts fail with its reason. */
export class SdkBucket implements Bucket {
  constructor(
    private readonly s3: S3Client,
    readonly name: string,
    private readonly signal: AbortSignal,
  ) {}

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

  async folders(prefix: string): Promise<string[]> {
    const folders: string[] = [];
    const input = { ...this.place, Prefix: prefix, Delimiter: "/" };
    for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: this.s3 }, input, this.options)) {
      folders.push(...CommonPrefixes.map((folder) => folder.Prefix!));
    }
    return folders;
  }

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

  async find(key: string): Promise<StoredObject> {
    try {
      for await (const object of this.list(key)) if (object.key === key) return object;
    } catch (error) {
      this.signal.throwIfAborted();
      throw readFailure(error, this.name);
    }
    throw new ObjectError("was deleted while it was read");
  }

  async open(object: StoredObject): Promise<OpenObject> {
    const first = await this.get(object);
    const modified = first.LastModified && { lastModified: first.LastModified.getTime() };
    return { metadata: first.Metadata ?? {}, ...modified, chunks: this.chunks(object, first) };
  }

  async metadata({ key, etag }: ObjectVersion): Promise<Record<string, string>> {
    return this.answered(async () => {
      const input = { ...this.place, Key: key, IfMatch: etag };
      const { Metadata = {} } = await this.s3.send(new HeadObjectCommand(input), this.options);
      return Metadata;
    });
  }

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

  private chunks(object: StoredObject, first: GetObjectCommandOutput): AsyncGenerator<Uint8Array> {
    const contentOf = ({ Body, ContentLength }: GetObjectCommandOutput) => ({
      body: addAbortSignal(this.signal, Body as Readable) as AsyncIterable<Uint8Array>,
      bytes: ContentLength,
    });
    return resumedChunks(object, contentOf(first), {
      rest: async (from) => contentOf(await this.get(object, { Range: `bytes=${from}-` })),
      failure: (error) => {
        this.signal.throwIfAborted();
        return readFailure(error, this.name);
      },
    });
  }
}
