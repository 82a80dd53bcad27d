import { MAX_KEY_BYTES } from "../../settings/access-log-sources";

/** A version of an object: its content never changes. */
export interface SourceObject {
  bucket: string;
  /** As it is in the bucket: decoded. */
  key: string;
  /** Without quotes, in lower case. */
  etag: string;
  /** Of the stored object, in bytes; undefined: unknown. */
  size?: number;
  /** The bucket's region. @default the function's */
  region?: string;
}

/** Source: Amazon S3 User Guide "General purpose bucket naming rules"; of before 2018 in us-east-1, up to 255 and in capitals. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;

/** Of one part: an MD5 in hexadecimal; of several: with their number. Others with KMS, but of these characters. */
const ETAG = /^[\w+/=.-]{1,128}$/;

const REGION = /^[a-z]{2,8}(-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** Whether a text is a region's name: hosts are made of it. */
export const isRegion = (value: unknown): value is string => typeof value === "string" && REGION.test(value);

interface GivenObject {
  bucket: unknown;
  key: unknown;
  etag: unknown;
  size: unknown;
  region: unknown;
}

/**
 * Returns the object that a message names, or what is wrong with it. A region that is none is left out: without it a bucket of
 * another region is found by S3's own answer.
 */
export function sourceObjectOf({ bucket, key, etag, size, region }: GivenObject): SourceObject | string {
  if (typeof bucket !== "string" || !BUCKET.test(bucket)) return "names no bucket";
  if (typeof key !== "string" || key === "") return "names no key";
  if (!key.isWellFormed()) return "has a key that is no Unicode";
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `has a key of more than ${MAX_KEY_BYTES} bytes`;
  const tag = typeof etag === "string" ? etagIn(etag) : "";
  if (!ETAG.test(tag)) return "names no ETag";
  return {
    bucket,
    key,
    etag: tag,
    ...(isOffset(size) && { size }),
    ...(isRegion(region) && { region }),
  };
}

/** Returns an ETag without quotes, in lower case. */
export const etagIn = (text: string): string => text.replace(/^"(.*)"$/, "$1").toLowerCase();

/** Whether a value is a number of bytes, or of lines. */
export const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
