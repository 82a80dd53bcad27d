import type {
  AmazonopensearchserviceDestinationDescription,
  DeliveryStreamDescription,
  DestinationDescription,
  ExtendedS3DestinationDescription,
  ProcessingConfiguration,
} from "@aws-sdk/client-firehose";
import { type BucketDescription, type BucketSettings, bucketSettings } from "./bucket-settings";
import { type BufferHints, hintsOf } from "./buffer";
import type { IndexRotation } from "./index-name";

/** The Lambda processor. Source: Firehose API reference "ProcessorParameter", and its defaults. */
export interface TransformSettings {
  readonly functionArn: string;
  /** Invocations after the first one. @default 3 */
  readonly retries: number;
  /** @default 1 MiB, 60 s */
  readonly buffer: BufferHints;
}

/** The destination OpenSearch Service. */
export interface SearchSettings {
  readonly index: string;
  /** @default OneDay */
  readonly rotation: IndexRotation;
  readonly buffer: BufferHints;
  /** How long an indexing request is retried, 0 to 7,200,000. @default 300 s */
  readonly retryMs: number;
  /** Whether Firehose gives documents ids, which makes its retries harmless. @default true */
  readonly withIds: boolean;
  /** Whether records are backed up in S3, too, or only failed documents. @default false */
  readonly backsUpAll: boolean;
}

/** What a delivery stream does, with AWS's defaults filled in. */
export interface DeliverySettings {
  readonly name: string;
  readonly arn: string;
  /** Of its configuration; changes with each update. */
  readonly version: string;
  /** In milliseconds since the epoch: distinguishes it from a later delivery stream of the same name. */
  readonly createdAt: number;
  /** The Kinesis stream that it reads; undefined for a direct put. */
  readonly sourceArn: string | undefined;
  readonly transform: TransformSettings | undefined;
  /** Whether a newline stands between records in S3. */
  readonly separatesRecords: boolean;
  /** Undefined for the destination S3. */
  readonly search: SearchSettings | undefined;
  /** The destination S3, or where OpenSearch's failed documents and backup go. */
  readonly objects: BucketSettings;
  /** Of the destination S3: where the untransformed records go. */
  readonly sourceBackup: BucketSettings | undefined;
}

const MIB = 1024 * 1024;

/** Returns a delivery stream's settings. @throws Error for what the local pipeline does not support, each in one line */
export function deliverySettings(description: DeliveryStreamDescription): DeliverySettings {
  const destination: DestinationDescription = description.Destinations![0]!;
  const { AmazonopensearchserviceDestinationDescription: search, ExtendedS3DestinationDescription: s3 } = destination;
  const plain = s3 ?? destination.S3DestinationDescription;
  const bucket = search ? search.S3DestinationDescription : plain;
  if (!bucket)
    throw new Error(`its destination is ${kindOf(destination)}; the local pipeline supports S3 and OpenSearch`);
  const processing = processors(search?.ProcessingConfiguration ?? s3?.ProcessingConfiguration);
  return {
    name: description.DeliveryStreamName!,
    arn: description.DeliveryStreamARN!,
    version: description.VersionId!,
    createdAt: description.CreateTimestamp!.getTime(),
    sourceArn: description.Source?.KinesisStreamSourceDescription?.KinesisStreamARN,
    ...processing,
    search: search && searchSettings(search),
    objects: bucketSettings(bucket),
    sourceBackup: s3 && sourceBackup(s3),
  };
}

function searchSettings(description: AmazonopensearchserviceDestinationDescription): SearchSettings {
  const { IndexName, IndexRotationPeriod, BufferingHints, RetryOptions, S3BackupMode, DocumentIdOptions } = description;
  return {
    index: IndexName!,
    rotation: IndexRotationPeriod ?? "OneDay",
    buffer: hintsOf(BufferingHints),
    retryMs: (RetryOptions?.DurationInSeconds ?? 300) * 1000,
    withIds: DocumentIdOptions?.DefaultDocumentIdFormat !== "NO_DOCUMENT_ID",
    backsUpAll: S3BackupMode === "AllDocuments",
  };
}

function sourceBackup(s3: ExtendedS3DestinationDescription): BucketSettings | undefined {
  if (s3.DataFormatConversionConfiguration?.Enabled)
    throw new Error("it converts the record format; the local pipeline does not");
  if (s3.DynamicPartitioningConfiguration?.Enabled)
    throw new Error("it partitions dynamically; the local pipeline does not");
  const backup: BucketDescription | undefined = s3.S3BackupDescription;
  return s3.S3BackupMode === "Enabled" && backup ? bucketSettings(backup) : undefined;
}

function processors(
  configuration: ProcessingConfiguration | undefined,
): Pick<DeliverySettings, "transform" | "separatesRecords"> {
  let transform: TransformSettings | undefined;
  let separatesRecords = false;
  for (const { Type, Parameters = [] } of configuration?.Enabled ? (configuration.Processors ?? []) : []) {
    const parameter = (name: string) => Parameters.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
    const numberOf = (name: string, otherwise: number) => {
      const number = Number(parameter(name) || otherwise);
      if (!(number >= 0)) throw new Error(`${name} of its Lambda processor is ${parameter(name)}; it must be a number`);
      return number;
    };
    if (Type === "Lambda") {
      transform = {
        functionArn: parameter("LambdaArn")!,
        retries: numberOf("NumberOfRetries", 3),
        buffer: {
          sizeBytes: numberOf("BufferSizeInMBs", 1) * MIB,
          intervalMs: numberOf("BufferIntervalInSeconds", 60) * 1000,
        },
      };
    } else if (Type === "AppendDelimiterToRecord") separatesRecords = true;
    else
      throw new Error(`it has the processor ${Type}; the local pipeline supports Lambda and AppendDelimiterToRecord`);
  }
  return { transform, separatesRecords };
}

/** The destination's name, as in Describe. */
function kindOf(destination: DestinationDescription): string {
  const names = Object.entries(destination).filter(([name, value]) => name !== "DestinationId" && value !== undefined);
  return names.map(([name]) => name.replace("DestinationDescription", "")).join(", ") || "none";
}
