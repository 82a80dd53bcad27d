import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  paginateFilterLogEvents,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { toBatches } from "./batches";
import type { LogLine } from "./line";

/** A line as CloudWatch Logs keeps it. */
export interface PutEvent extends LogLine {
  readonly id: string;
}

/**
 * Puts lines by the CloudWatch Logs API.
 *
 * @throws Error when CloudWatch Logs does not take all of them
 */
export async function putLines(logs: CloudWatchLogsClient, lines: readonly LogLine[]): Promise<void> {
  const created = new Set<string>();
  for (const batch of toBatches(lines)) {
    const { logGroup: logGroupName, logStream: logStreamName } = batch[0]!;
    const stream = JSON.stringify([logGroupName, logStreamName]);
    if (!created.has(stream)) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName })).catch((error) => {
        if (!(error instanceof ResourceAlreadyExistsException)) throw error;
      });
      created.add(stream);
    }
    const logEvents = batch.map(({ timestamp, message }) => ({ timestamp, message }));
    const { rejectedLogEventsInfo } = await logs.send(
      new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
    );
    if (rejectedLogEventsInfo && Object.keys(rejectedLogEventsInfo).length > 0) {
      const rejected = JSON.stringify(rejectedLogEventsInfo);
      throw new Error(`CloudWatch Logs did not take all events of ${logGroupName}/${logStreamName}: ${rejected}`);
    }
  }
}

/** All events that a log group holds, with the ids that CloudWatch Logs gave them. */
export async function eventsOf(client: CloudWatchLogsClient, logGroup: string): Promise<PutEvent[]> {
  const found: PutEvent[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName: logGroup })) {
    for (const { eventId, logStreamName, timestamp, message } of events) {
      found.push({ logGroup, id: eventId!, logStream: logStreamName!, timestamp: timestamp!, message: message! });
    }
  }
  return found;
}
