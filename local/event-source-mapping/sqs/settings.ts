import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { type CommonSettings, commonSettings } from "../common-settings";

/** Settings of an SQS event source mapping, with AWS's defaults filled in. */
export interface QueueMappingSettings extends CommonSettings {
  /** Of a standard queue. */
  readonly queueArn: string;
  /** Maximum number of concurrent invocations, 2 to 1,000. @default 5 */
  readonly maximumConcurrency: number;
}

/**
 * Source: Lambda Developer Guide "Configuring scaling behavior for SQS event source mappings": Lambda begins with five
 * concurrent batches. It would go on to 1,250; a laptop would not.
 */
const FIRST_CONCURRENCY = 5;

/** Returns an SQS mapping's settings. @throws Error for what the local pipeline does not support: FIFO queues, filters */
export function queueMappingSettings(mapping: EventSourceMappingConfiguration): QueueMappingSettings {
  const queueArn = mapping.EventSourceArn!;
  if (queueArn.endsWith(".fifo")) {
    throw new Error(`the event source is ${queueArn}; the local pipeline supports standard queues`);
  }
  if (mapping.FilterCriteria?.Filters?.length) {
    throw new Error("filter_criteria is set; the local pipeline supports mappings without filters");
  }
  return {
    ...commonSettings(mapping, 10),
    queueArn,
    maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? FIRST_CONCURRENCY,
  };
}
