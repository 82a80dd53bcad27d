import { randomUUID } from "node:crypto";
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { UncheckedError } from "../examined";

/** A test event, which is found by its log stream: no rule, parser or filter changes the name of that. */
export interface TestEvent {
  readonly logGroup: string;
  /** `doctor-<UUID>`, of this event alone. */
  readonly logStream: string;
  /** When it was put, in ms since the epoch. */
  readonly putMs: number;
}

const messageOf = (id: string): string =>
  JSON.stringify({ "log.level": "info", message: "Test event of the doctor, which may be ignored", "doctor.id": id });

/**
 * Puts one event into a log group, in a log stream of its own. Nothing takes it away again.
 *
 * @param filterPattern of the subscription
 * @param nowMs the time on the wall
 * @throws UncheckedError where the subscription would leave it out; nothing is put then
 */
export async function putTestEvent(
  logs: Pick<CloudWatchLogsClient, "send">,
  logGroup: string,
  filterPattern: string,
  nowMs: () => number,
): Promise<TestEvent> {
  const id = randomUUID();
  const message = messageOf(id);
  if (filterPattern.trim() !== "") {
    const { matches = [] } = await logs.send(
      new TestMetricFilterCommand({ filterPattern, logEventMessages: [message] }),
    );
    if (matches.length === 0) {
      throw new UncheckedError(
        `no test event was put, as the subscription's pattern ${JSON.stringify(filterPattern)} would leave it out`,
      );
    }
  }
  const logStream = `doctor-${id}`;
  await logs.send(new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName: logStream }));
  const putMs = nowMs();
  const logEvents = [{ timestamp: putMs, message }];
  await logs.send(new PutLogEventsCommand({ logGroupName: logGroup, logStreamName: logStream, logEvents }));
  return { logGroup, logStream, putMs };
}
