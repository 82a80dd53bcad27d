import type { ListedObject } from "./compaction-bucket";

/** A page of a listing. */
export interface ListingPage {
  objects: ListedObject[];
  /** What keys have in common up to the delimiter, where the request has one. */
  folders: string[];
  /** Where the next page begins; undefined for the last one. */
  next?: string;
}

const IS_LISTING = /^(?:<\?xml[^<>]{0,100}\?>)?\s*<ListBucketResult[\s>]/;

/**
 * Reads a response to ListObjectsV2 with `encoding-type=url`.
 *
 * @returns undefined for anything else, such as a proxy's page: a listing that is taken for an empty one would be wrong
 */
export function readListing(xml: string): ListingPage | undefined {
  if (!IS_LISTING.test(xml)) return undefined;
  const objects: ListedObject[] = [];
  for (const [, content = ""] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
    const [key, etag, bytes] = [textOf(content, "Key"), textOf(content, "ETag"), textOf(content, "Size")];
    if (!key || !etag || !/^\d{1,15}$/.test(bytes)) return undefined;
    objects.push({ key: urlDecoded(key), etag, bytes: Number(bytes) });
  }
  const folders = [...xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)].map(([, content = ""]) =>
    urlDecoded(textOf(content, "Prefix")),
  );
  if (textOf(xml, "IsTruncated") !== "true") return { objects, folders };
  const next = textOf(xml, "NextContinuationToken");
  return next ? { objects, folders, next } : undefined;
}

/** Entities: of XML, those that S3 writes. */
const textOf = (xml: string, element: string): string =>
  (new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#34;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const urlDecoded = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));
