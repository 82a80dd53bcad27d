import { createReadStream } from "node:fs";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { objectIdSuffix } from "../../core/events/document-id";
import type { InspectedAccessLog } from "./inspect";

/** A file that is an object now. */
export interface PutAccessLog extends InspectedAccessLog {
  readonly bucket: string;
  /** What all documents of its lines have in their `_id` after the line's number. */
  readonly idSuffix: string;
  /** By `performance.now()`. */
  readonly putAt: number;
}

/** Puts a file into a bucket under its key, as it is. @throws Error of S3, or of the file system */
export async function putAccessLog(s3: S3Client, bucket: string, file: InspectedAccessLog): Promise<PutAccessLog> {
  const { path, key, bytes } = file;
  const { ETag } = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: bytes }),
  );
  const etag = ETag!.replaceAll('"', "").toLowerCase();
  return { ...file, bucket, idSuffix: objectIdSuffix({ bucket, key, etag }), putAt: performance.now() };
}
