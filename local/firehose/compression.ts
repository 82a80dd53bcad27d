import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";

/** Of the objects in S3. Snappy and HADOOP_SNAPPY, which Firehose has too, need a package that the local pipeline does without. */
export const OBJECT_COMPRESSIONS = {
  UNCOMPRESSED: { extension: "", compress: (data: Buffer): Uint8Array => data },
  GZIP: { extension: ".gz", compress: (data: Buffer): Uint8Array => gzipSync(data) },
  ZIP: { extension: ".zip", compress: (data: Buffer): Uint8Array => zipSync({ data }) },
} as const;

export type ObjectCompression = keyof typeof OBJECT_COMPRESSIONS;
