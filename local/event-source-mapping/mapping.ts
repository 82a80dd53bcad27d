import type { KinesisStreamEvent, KinesisStreamRecord, SQSEvent } from "aws-lambda";
import type { AwsClients } from "../aws/clients";
import type { InvocationResult } from "../lambda/instance";
import { startStreamMapping } from "./kinesis/mapping";
import { isQueueMapping, type MappingSettings } from "./settings";
import { startQueueMapping } from "./sqs/mapping";

export interface MappingOptions extends Pick<AwsClients, "kinesis" | "s3" | "sqs"> {
  readonly settings: MappingSettings;
  /** The function's execution role; evaluated at each read. */
  readonly roleArn: string;
  /** Rejects when the function could not be invoked, such as by throttling. */
  invoke(event: KinesisStreamEvent | SQSEvent): Promise<InvocationResult>;
  /** Called with the records that each read of a stream has returned, before any of them is processed. */
  onRead?(records: readonly KinesisStreamRecord[]): void;
  /** Called with a line for each problem that AWS would report by a metric or a state: discarded records, failed reads. */
  onProblem(problem: string): void;
}

export interface EventSourceMapping {
  /** Goes on with new settings of the same source; pending retries run at once. */
  update(settings: MappingSettings): void;
  /** Resolves when no invocation is in flight. */
  stop(): Promise<void>;
}

/**
 * Polls the mapping's source and invokes its function with batches of records, as AWS documents it.
 *
 * @throws Error when there is no such source
 */
export async function startEventSourceMapping(options: MappingOptions): Promise<EventSourceMapping> {
  const { settings } = options;
  if (isQueueMapping(settings)) {
    const { update, stop } = await startQueueMapping({ ...options, settings });
    return { update: (next) => isQueueMapping(next) && update(next), stop };
  }
  const { kinesis, s3, invoke, onRead, onProblem } = options;
  const { update, stop } = await startStreamMapping({
    ...{ kinesis, s3, invoke, onProblem, settings, ...(onRead && { onRead }) },
    get roleArn() {
      return options.roleArn;
    },
  });
  return { update: (next) => !isQueueMapping(next) && update(next), stop };
}
