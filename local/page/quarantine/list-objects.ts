import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { endingRequest } from "../../delivery/open-stored";
import type { QuarantinedObject, QuarantinePlace } from "./place";

/** Objects of a place that are remembered. */
const MAX_LISTED = 1_000;

/** Requests of one listing, of up to 1,000 objects each. */
const MAX_PAGES = 100;

/** What Firehose writes between its error prefix and an object's name, if the prefix does not say it: see `errorKey`. */
const FIREHOSE_ERRORS = /processing-failed|AmazonOpenSearchService-failed/;

export interface ListedPlace {
  /** The newest first. */
  readonly objects: readonly QuarantinedObject[];
  /** Of all. */
  readonly count: number;
  readonly bytes: number;
  /** Whether there are more than were listed. */
  readonly isCutOff: boolean;
}

export interface ListLimits {
  readonly maxListed?: number;
  readonly maxPages?: number;
  /** Of all pages. @default 60,000 */
  readonly timeoutMs?: number | undefined;
}

/** Lists a place, and remembers its newest objects. @throws what S3 answers */
export async function listPlace(
  s3: S3Client,
  { kind, bucket, prefix }: QuarantinePlace,
  { maxListed = MAX_LISTED, maxPages = MAX_PAGES, timeoutMs }: ListLimits = {},
): Promise<ListedPlace> {
  let objects: QuarantinedObject[] = [];
  let [count, bytes, pages] = [0, 0, 0];
  const listing = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }, endingRequest(timeoutMs));
  for await (const page of listing) {
    for (const { Key = "", Size = 0, ETag = "", LastModified } of page.Contents ?? []) {
      // Consoles create folders.
      if (Key.endsWith("/") || (kind === "firehose" && !FIREHOSE_ERRORS.test(Key))) continue;
      count++;
      bytes += Size;
      objects.push({ key: Key, bytes: Size, eTag: ETag, modified: LastModified?.getTime() ?? 0 });
    }
    if (objects.length > 2 * maxListed) objects = newest(objects, maxListed);
    if (++pages === maxPages && page.IsTruncated)
      return { objects: newest(objects, maxListed), count, bytes, isCutOff: true };
  }
  return { objects: newest(objects, maxListed), count, bytes, isCutOff: false };
}

const newest = (objects: readonly QuarantinedObject[], count: number): QuarantinedObject[] =>
  objects.toSorted(byAge).slice(0, count);

/** The newest first. */
export function byAge(a: Pick<QuarantinedObject, "key" | "modified">, b: typeof a): number {
  return b.modified - a.modified || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);
}
