import type { Target } from "./sign";

/** The address of a bucket: the target to sign for, and the path before each key. */
export interface BucketAddress {
  target: Target;
  pathPrefix: string;
}

/**
 * Returns the bucket's address: virtual-hosted-style, or path-style at another endpoint and for a name with dots, which TLS
 * certificates do not cover. Source: Amazon S3 User Guide "Virtual hosting of general purpose buckets".
 *
 * @param endpoint another S3 endpoint, or ""
 */
export function bucketAddress(bucket: string, region: string, endpoint: string): BucketAddress {
  const host = `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const byPath = endpoint !== "" || bucket.includes(".");
  const origin = endpoint || `https://${byPath ? host : `${bucket}.${host}`}`;
  return { target: { origin, service: "s3", region }, pathPrefix: byPath ? `/${bucket}/` : "/" };
}

/** Returns the path of an object at a bucket's address. */
export const objectPath = ({ pathPrefix }: BucketAddress, key: string): string =>
  pathPrefix + key.split("/").map(encoded).join("/");

/** Source: RFC 3986, "Unreserved Characters": AWS's signatures encode all others. */
const encoded = (part: string): string =>
  encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
