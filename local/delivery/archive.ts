import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { DamagedError } from "../../archive/outcome-errors";
import { parseArchivedEnvelope } from "../../core/events/archived-envelope";
import type { Envelope } from "../../core/events/envelope";
import { ENVIRONMENT } from "../../core/settings/environment";
import { limitedLines } from "./limited-lines";
import { endingRequest, openStored } from "./open-stored";

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
  const listing = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }, endingRequest());
  for await (const { Contents = [] } of listing) {
    for (const { Key, Size, ETag } of Contents) objects.set(Key!, { bytes: Size!, eTag: ETag! });
  }
  return objects;
}

/** Returns the sizes in bytes of all objects with the prefix, by key. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<Map<string, number>> {
  const objects = await describeObjects(client, bucket, prefix);
  return new Map([...objects].map(([key, { bytes }]) => [key, bytes]));
}

/** Whether the error says that an object no longer exists. */
export function isGone(error: unknown): boolean {
  return (error as Error).name === "NoSuchKey";
}

const MIB = 1024 * 1024;

/** A line may be 8 times as long as its record: each character escaped, and a copy in base64. */
const LIMITS = { maxBytes: 512 * MIB, lineMaxBytes: 8 * Number(ENVIRONMENT.RECORD_MAX_BYTES.default) };

/**
 * Reads an object of the archive, one envelope at a time: gzip members that inflate to one CloudWatch Logs envelope per
 * line, like `zcat`.
 *
 * @throws DamagedError for an empty object, or other content; LimitError; what S3 answers
 */
export async function* archivedEnvelopes(s3: S3Client, bucket: string, key: string): AsyncGenerator<Envelope> {
  const object = await openStored(s3, { Bucket: bucket, Key: key });
  let lines = 0;
  try {
    for await (const line of limitedLines(object, true, LIMITS)) {
      lines++;
      const parsed = parseArchivedEnvelope(line);
      if (parsed.kind === "undecodable") throw new DamagedError(`line ${lines}: ${parsed.reason}`);
      yield parsed.envelope;
    }
    if (lines === 0) throw new DamagedError("it is empty");
  } finally {
    // Of what was not read to its end, the connection would stay open.
    object.chunks.destroy();
  }
}
