import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";

/** Settings of an event source mapping of any source. Source: Lambda API reference, "CreateEventSourceMapping". */
export interface CommonSettings {
  readonly uuid: string;
  readonly functionArn: string;
  /** A disabled mapping keeps its position, and neither polls nor invokes. */
  readonly enabled: boolean;
  /** Maximum number of records in a batch, 1 to 10,000. */
  readonly batchSize: number;
  /** 0 to 300. @default 0 */
  readonly maximumBatchingWindowSeconds: number;
  /** @default false */
  readonly reportBatchItemFailures: boolean;
}

/** Reads them from a mapping, with AWS's defaults filled in. @param batchSize the source's default */
export function commonSettings(mapping: EventSourceMappingConfiguration, batchSize: number): CommonSettings {
  return {
    uuid: mapping.UUID!,
    functionArn: mapping.FunctionArn!,
    enabled: !["Disabled", "Disabling"].includes(mapping.State ?? ""),
    batchSize: mapping.BatchSize ?? batchSize,
    maximumBatchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds ?? 0,
    reportBatchItemFailures: mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
  };
}
