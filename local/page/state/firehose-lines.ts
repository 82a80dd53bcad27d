import { createGunzip } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ArchiveLocation } from "../../delivery/archive";
import { ObjectContents } from "../../delivery/object-contents";
import { openStored } from "../../delivery/open-stored";

const LINE_FEED = 0x0a;

/** Counts the lines that Firehose has put into a bucket. */
export class FirehoseLines {
  readonly #objects: ObjectContents<number>;

  constructor(s3: S3Client, place: ArchiveLocation) {
    this.#objects = new ObjectContents(s3, place, (key) => linesOf(s3, place.bucket, key));
  }

  /** Undefined until all objects are read. */
  get count(): number | undefined {
    return this.#objects.all?.reduce((sum, lines) => sum + lines, 0);
  }

  /** Reads new objects. @throws Error when the bucket cannot be listed */
  update(): Promise<void> {
    return this.#objects.update();
  }
}

/** Of an object that is no gzip, none count. */
async function linesOf(s3: S3Client, bucket: string, key: string): Promise<number> {
  let lines = 0;
  try {
    const { chunks: body } = await openStored(s3, { Bucket: bucket, Key: key });
    const gunzip = createGunzip();
    const chunks = key.endsWith(".gz") ? body.on("error", (error) => gunzip.destroy(error)).pipe(gunzip) : body;
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      for (const byte of chunk) if (byte === LINE_FEED) lines++;
    }
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith("Z_")) return 0;
    throw error;
  }
  return lines;
}
