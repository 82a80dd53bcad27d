import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";

/**
 * Settings of a Kinesis event source mapping, with AWS's defaults filled in.
 *
 * Source: Lambda API reference, "CreateEventSourceMapping".
 */
export interface MappingSettings {
  readonly uuid: string;
  readonly functionArn: string;
  readonly streamArn: string;
  /** A disabled mapping keeps its position, and neither polls nor invokes. */
  readonly enabled: boolean;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** Maximum number of records in a batch, 1 to 10,000. */
  readonly batchSize: number;
  /** 0 to 300. */
  readonly maximumBatchingWindowSeconds: number;
  /** Concurrent batches per shard, 1 to 10. */
  readonly parallelizationFactor: number;
  /** 0 to 10,000, or Infinity. */
  readonly maximumRetryAttempts: number;
  /** 60 to 604,800, or Infinity. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
  /** The S3 on-failure destination. */
  readonly onFailureBucket?: string;
}

const STREAM_ARN = /^arn:aws[a-z-]*:kinesis:[^:]*:[^:]*:stream\//;
const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::(.+)$/;

/** @throws Error for what the local pipeline does not support: other sources than Kinesis, AT_TIMESTAMP, other destinations than S3 */
export function mappingSettings(mapping: EventSourceMappingConfiguration): MappingSettings {
  const { StartingPosition, DestinationConfig, EventSourceArn } = mapping;
  if (!STREAM_ARN.test(EventSourceArn ?? "")) {
    throw new Error(`the event source is ${EventSourceArn}; the local pipeline supports Kinesis streams`);
  }
  if (StartingPosition !== "TRIM_HORIZON" && StartingPosition !== "LATEST") {
    throw new Error(`starting_position is ${StartingPosition}; the local pipeline supports TRIM_HORIZON and LATEST`);
  }
  const destination = DestinationConfig?.OnFailure?.Destination;
  const bucket = destination && BUCKET_ARN.exec(destination)?.[1];
  if (destination && !bucket) {
    throw new Error(`the on-failure destination is ${destination}; the local pipeline supports S3 buckets`);
  }
  return {
    uuid: mapping.UUID!,
    functionArn: mapping.FunctionArn!,
    streamArn: mapping.EventSourceArn!,
    enabled: !["Disabled", "Disabling"].includes(mapping.State ?? ""),
    startingPosition: StartingPosition,
    batchSize: mapping.BatchSize ?? 100,
    maximumBatchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds ?? 0,
    parallelizationFactor: mapping.ParallelizationFactor ?? 1,
    maximumRetryAttempts: limit(mapping.MaximumRetryAttempts),
    maximumRecordAgeSeconds: limit(mapping.MaximumRecordAgeInSeconds),
    bisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError ?? false,
    reportBatchItemFailures: mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
    ...(bucket && { onFailureBucket: bucket }),
  };
}

/** -1, the default, means no limit. */
function limit(value = -1): number {
  return value === -1 ? Number.POSITIVE_INFINITY : value;
}
