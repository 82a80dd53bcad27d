import type { ExtendedS3DestinationDescription, S3DestinationDescription } from "@aws-sdk/client-firehose";
import { type BufferHints, hintsOf } from "./buffer";
import { OBJECT_COMPRESSIONS, type ObjectCompression } from "./compression";
import { errorKey, objectKey } from "./object-key";

/** Where objects of records go, and how. */
export interface BucketSettings {
  readonly bucket: string;
  readonly prefix: string;
  readonly errorPrefix: string | undefined;
  readonly buffer: BufferHints;
  readonly compression: ObjectCompression;
  /** End of the keys, such as `.gz`. @default the compression's */
  readonly extension: string;
}

export type BucketDescription = S3DestinationDescription &
  Pick<ExtendedS3DestinationDescription, "FileExtension" | "CustomTimeZone">;

/** Returns the settings of objects. @throws Error for a compression, time zone or prefix that the local pipeline does not support */
export function bucketSettings(description: BucketDescription): BucketSettings {
  const { BucketARN, Prefix, ErrorOutputPrefix, BufferingHints, CompressionFormat, CustomTimeZone } = description;
  const format = CompressionFormat ?? "UNCOMPRESSED";
  if (!isCompression(format))
    throw new Error(
      `its objects are compressed by ${format}; the local pipeline supports ${Object.keys(OBJECT_COMPRESSIONS).join(", ")}`,
    );
  if (CustomTimeZone && CustomTimeZone !== "UTC")
    throw new Error(`its time zone is ${CustomTimeZone}; the local pipeline supports UTC`);
  const settings = {
    bucket: BucketARN!.split(":::")[1]!,
    prefix: Prefix ?? "",
    errorPrefix: ErrorOutputPrefix,
    buffer: hintsOf(BufferingHints),
    compression: format,
    extension: description.FileExtension || OBJECT_COMPRESSIONS[format].extension,
  };
  const parts = { deliveryStream: "any", version: "1", oldest: 0, extension: "" };
  objectKey(settings.prefix, parts);
  errorKey(settings, "processing-failed", parts);
  return settings;
}

const isCompression = (format: string): format is ObjectCompression => Object.hasOwn(OBJECT_COMPRESSIONS, format);
