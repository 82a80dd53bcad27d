import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { type CommonSettings, commonSettings } from "../common-settings";

/**
 * Settings of a Kinesis event source mapping, with AWS's defaults filled in.
 *
 * Source: Lambda API reference, "CreateEventSourceMapping".
 */
export interface StreamMappingSettings extends CommonSettings {
  readonly streamArn: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** Concurrent batches per shard, 1 to 10. */
  readonly parallelizationFactor: number;
  /** 0 to 10,000, or Infinity. */
  readonly maximumRetryAttempts: number;
  /** 60 to 604,800, or Infinity. */
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** The S3 on-failure destination. */
  readonly onFailureBucket?: string;
}

const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::(.+)$/;

/** Returns a Kinesis mapping's settings. @throws Error for what the local pipeline does not support: AT_TIMESTAMP, other destinations than S3 */
export function streamMappingSettings(mapping: EventSourceMappingConfiguration): StreamMappingSettings {
  const { StartingPosition, DestinationConfig } = mapping;
  if (StartingPosition !== "TRIM_HORIZON" && StartingPosition !== "LATEST") {
    throw new Error(`starting_position is ${StartingPosition}; the local pipeline supports TRIM_HORIZON and LATEST`);
  }
  const destination = DestinationConfig?.OnFailure?.Destination;
  const bucket = destination && BUCKET_ARN.exec(destination)?.[1];
  if (destination && !bucket) {
    throw new Error(`the on-failure destination is ${destination}; the local pipeline supports S3 buckets`);
  }
  return {
    ...commonSettings(mapping, 100),
    streamArn: mapping.EventSourceArn!,
    startingPosition: StartingPosition,
    parallelizationFactor: mapping.ParallelizationFactor ?? 1,
    maximumRetryAttempts: limit(mapping.MaximumRetryAttempts),
    maximumRecordAgeSeconds: limit(mapping.MaximumRecordAgeInSeconds),
    bisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError ?? false,
    ...(bucket && { onFailureBucket: bucket }),
  };
}

/** -1, the default, means no limit. */
function limit(value = -1): number {
  return value === -1 ? Number.POSITIVE_INFINITY : value;
}
