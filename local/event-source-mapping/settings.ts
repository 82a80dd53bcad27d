import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { type StreamMappingSettings, streamMappingSettings } from "./kinesis/settings";
import { type QueueMappingSettings, queueMappingSettings } from "./sqs/settings";

/** Settings of an event source mapping, with AWS's defaults filled in. */
export type MappingSettings = StreamMappingSettings | QueueMappingSettings;

const STREAM_ARN = /^arn:aws[a-z-]*:kinesis:[^:]*:[^:]*:stream\//;
const QUEUE_ARN = /^arn:aws[a-z-]*:sqs:/;

/** @throws Error for what the local pipeline does not support, such as a DynamoDB stream */
export function mappingSettings(mapping: EventSourceMappingConfiguration): MappingSettings {
  const source = mapping.EventSourceArn ?? "";
  if (STREAM_ARN.test(source)) return streamMappingSettings(mapping);
  if (QUEUE_ARN.test(source)) return queueMappingSettings(mapping);
  throw new Error(`the event source is ${source}; the local pipeline supports Kinesis streams and SQS queues`);
}

export function isQueueMapping(settings: MappingSettings): settings is QueueMappingSettings {
  return "queueArn" in settings;
}

/** The ARN of the stream or queue that a mapping reads. */
export function sourceArnOf(settings: MappingSettings): string {
  return isQueueMapping(settings) ? settings.queueArn : settings.streamArn;
}
