import { gunzipSync } from "node:zlib";
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

/** Objects of one prefix that are read: those of a minute or two. */
const MAX_READ = 50;
const MAX_PAGES = 10;

/** Of S3, which tells the time in seconds, and of clocks that differ. */
const MARGIN_MS = 5_000;

/** An object of the archive bucket that was written since a time. */
interface WrittenObject {
  readonly key: string;
  readonly modifiedMs: number;
}

/** Lists the objects below a prefix that were written since, the latest first. */
export async function writtenSince(
  s3: Pick<S3Client, "send">,
  place: { readonly Bucket: string; readonly Prefix: string },
  sinceMs: number,
): Promise<WrittenObject[]> {
  const found: WrittenObject[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { Contents = [], NextContinuationToken } = await s3.send(
      new ListObjectsV2Command({ ...place, ...(token && { ContinuationToken: token }) }),
    );
    for (const { Key = "", LastModified } of Contents) {
      const modifiedMs = LastModified?.getTime() ?? 0;
      if (modifiedMs >= sinceMs - MARGIN_MS) found.push({ key: Key, modifiedMs });
    }
    if (!NextContinuationToken) break;
    token = NextContinuationToken;
  }
  return found.sort((one, other) => other.modifiedMs - one.modifiedMs);
}

/**
 * Finds the line of an envelope of a log stream.
 *
 * @param read the objects that have been read and have it not; those that are read are added
 * @returns undefined: none of the objects has it
 */
export async function findLine(
  s3: Pick<S3Client, "send">,
  Bucket: string,
  objects: readonly WrittenObject[],
  logStream: string,
  read: Set<string>,
): Promise<{ key: string; line: string } | undefined> {
  for (const { key } of objects.filter((object) => !read.has(object.key)).slice(0, MAX_READ)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
    const text = gunzipSync(await Body!.transformToByteArray()).toString();
    const line = text.split("\n").find((one) => one.includes(JSON.stringify(logStream)));
    if (line !== undefined) return { key, line };
    read.add(key);
  }
  return undefined;
}
