import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { parseArchivedEnvelope } from "../../core/events/archived-envelope";
import type { Envelope } from "../../core/events/envelope";

/** Location of the archive, from the pipeline's output `archive_uri`. */
export interface ArchiveLocation {
  readonly bucket: string;
  /** "" or ends in "/". */
  readonly prefix: string;
}

/** @throws Error for anything but an s3:// URI */
export function archiveLocation(uri: string): ArchiveLocation {
  const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri);
  if (!match) throw new Error(`archive_uri is ${uri}; expected s3://<bucket>/<prefix>`);
  return { bucket: match[1]!, prefix: match[2]! };
}

/** Describes all objects with the prefix, by key. */
export async function describeObjects(
  client: S3Client,
  bucket: string,
  prefix: string,
): Promise<Map<string, { readonly bytes: number; readonly eTag: string }>> {
  const objects = new Map<string, { bytes: number; eTag: string }>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key, Size, ETag } of Contents) objects.set(Key!, { bytes: Size!, eTag: ETag! });
  }
  return objects;
}

/** Returns the sizes in bytes of all objects with the prefix, by key. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<Map<string, number>> {
  const objects = await describeObjects(client, bucket, prefix);
  return new Map([...objects].map(([key, { bytes }]) => [key, bytes]));
}

/** Thrown for an object that the pipeline did not write, or that was changed since. */
export class ForeignObjectError extends Error {
  override readonly name = "ForeignObjectError";
}

/** Whether the error says that an object no longer exists. */
export function isGone(error: unknown): boolean {
  return (error as Error).name === "NoSuchKey";
}

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads an object of the archive, one envelope at a time: gzip members that inflate to one CloudWatch Logs envelope per
 * line, like `zcat`.
 *
 * @throws ForeignObjectError for an empty object, or other content
 */
export async function* archivedEnvelopes(s3: S3Client, bucket: string, key: string): AsyncGenerator<Envelope> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  let lines = 0;
  for await (const line of gunzippedLines(Body as Readable)) {
    if (line === "") continue;
    lines++;
    const parsed = parseArchivedEnvelope(line);
    if (parsed.kind === "undecodable") throw new ForeignObjectError(`line ${lines}: ${parsed.reason}`);
    yield parsed.envelope;
  }
  if (lines === 0) throw new ForeignObjectError("it is empty");
}

async function* gunzippedLines(body: Readable): AsyncGenerator<string> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES }).setEncoding("utf8");
  // An error of either stream reaches the loop through gunzip.
  pipeline(body, gunzip, () => {});
  let line: string[] = [];
  try {
    for await (const chunk of gunzip as AsyncIterable<string>) {
      const [end, ...next] = chunk.split("\n");
      line.push(end!);
      for (const beginning of next) {
        yield line.join("");
        line = [beginning];
      }
    }
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw code.startsWith("Z_") ? new ForeignObjectError(message, { cause: error }) : error;
  }
  yield line.join("");
}
