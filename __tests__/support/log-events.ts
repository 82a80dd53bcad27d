import { type CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import type { StoredEvent } from "../../local/log-events/put";

export async function collect<T>(iterable: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of iterable) all.push(each);
  return all;
}

/** All events that a log group holds, with the ids that CloudWatch Logs gave them. */
export async function eventsOf(client: CloudWatchLogsClient, logGroup: string): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName: logGroup })) {
    for (const { eventId, logStreamName, timestamp, message } of events) {
      found.push({ logGroup, id: eventId!, logStream: logStreamName!, timestamp: timestamp!, message: message! });
    }
  }
  return found;
}
