import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

/** Where the archive lies, as the pipeline's output `archive_uri` tells. */
export interface ArchiveLocation {
  readonly bucket: string;
  /** "" or ends in "/". */
  readonly prefix: string;
}

export interface Envelope {
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

/** @throws Error for a text that is no s3:// URI */
export function archiveLocation(uri: string): ArchiveLocation {
  const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri);
  if (!match) throw new Error(`archive_uri is ${uri}; expected s3://<bucket>/<prefix>`);
  return { bucket: match[1]!, prefix: match[2]! };
}

/** All objects whose keys begin with `prefix`, by their keys. */
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

/** The keys of all objects that begin with `prefix`, and their sizes in bytes. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<Map<string, number>> {
  const objects = await describeObjects(client, bucket, prefix);
  return new Map([...objects].map(([key, { bytes }]) => [key, bytes]));
}

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads one of the archive's objects as `zcat` does, an envelope at a time: gzip members that inflate to one envelope of
 * CloudWatch Logs per line.
 */
export async function* archivedEnvelopes(s3: S3Client, bucket: string, key: string): AsyncGenerator<Envelope> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES }).setEncoding("utf8");
  // An error reaches the loop by the last of the streams.
  pipeline(Body as Readable, gunzip, () => {});
  let line: string[] = [];
  for await (const chunk of gunzip as AsyncIterable<string>) {
    const [end, ...next] = chunk.split("\n");
    line.push(end!);
    for (const beginning of next) {
      yield* envelopeOf(line);
      line = [beginning];
    }
  }
  yield* envelopeOf(line);
}

function* envelopeOf(line: readonly string[]): Generator<Envelope> {
  const text = line.join("");
  if (text !== "") yield JSON.parse(text) as Envelope;
}
