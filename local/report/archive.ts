import { gunzipSync } from "node:zlib";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

/** Where the archive lies, as the pipeline's output `archive_uri` tells. */
export interface ArchiveLocation {
  readonly bucket: string;
  /** "" or ends in "/". */
  readonly prefix: string;
}

export interface ArchivedObject {
  readonly key: string;
  readonly bytes: number;
  /** One envelope of CloudWatch Logs per line. */
  readonly envelopes: readonly Envelope[];
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

/** The keys of all objects that begin with `prefix`, and their sizes in bytes. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<Map<string, number>> {
  const objects = new Map<string, number>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key, Size } of Contents) objects.set(Key!, Size!);
  }
  return objects;
}

/** Reads the archive as `zcat` does: each object is gzip members that inflate to one envelope per line. */
export async function readArchive(s3: S3Client, { bucket, prefix }: ArchiveLocation): Promise<ArchivedObject[]> {
  const objects: ArchivedObject[] = [];
  for (const [key, bytes] of await listObjects(s3, bucket, `${prefix}archive/`)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const text = gunzipSync(await Body!.transformToByteArray()).toString();
    const envelopes = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Envelope);
    objects.push({ key, bytes, envelopes });
  }
  return objects;
}
