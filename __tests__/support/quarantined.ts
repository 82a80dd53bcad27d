import { gzipSync } from "node:zlib";
import { rejectedLinesObject, unreadableMessageObject } from "../../core/pipelines/object-quarantine";
import { rejectedLines } from "../../core/sinks/archive/rejected-lines";
import { failureObject } from "../../local/event-source-mapping/kinesis/on-failure";
import { searchFailedLine } from "../../local/firehose/failed-record";
import type { QuarantinePlace } from "../../local/page/quarantine/place";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "./kinesis";

export interface PutObject {
  readonly key: string;
  readonly body: Buffer;
  readonly metadata?: Record<string, string>;
}

/** Of ARRIVAL. */
export const ARRIVAL_HOUR = "2026/11/21/03";

export const QUARANTINE_BUCKET = "the-archive";

/** Of a pipeline whose archive and quarantine have this prefix. */
export const quarantinePlaces = (prefix = ""): QuarantinePlace[] => {
  const place = { bucket: QUARANTINE_BUCKET, archivePrefix: prefix };
  return [
    { ...place, kind: "rejected", prefix: `${prefix}rejected/` },
    { ...place, kind: "dead-letter", prefix: `${prefix}dead-letter/` },
    { ...place, kind: "undelivered", prefix: "aws/lambda/" },
    { ...place, kind: "access-logs", prefix: `${prefix}access-logs/`, queueUrl: "http://127.0.0.1/queue" },
    { ...place, archivePrefix: "", kind: "firehose", prefix: "firehose-failed/", deliveryStream: "apps" },
  ];
};

/** An object of rejected events of one log group, as the forwarder writes it. */
export function rejectedObject(
  events: readonly { readonly message: string; readonly rejection: string }[],
  { logGroup = "foo", first = 1, prefix = "" } = {},
): PutObject {
  const content = envelope(
    events.map(({ message }, n) => logEvent(first + n, message)),
    { logGroup },
  );
  const rejections = events.map(({ rejection }, position) => ({ position, rejection }));
  return {
    key: `${prefix}rejected/${ARRIVAL_HOUR}/${logGroup}/shardId-000000000000-${first}.gz`,
    body: gzipSync([...rejectedLines(content, rejections)].join("")),
  };
}

export function deadLetterObject(body: Buffer, reason: string, number = 1): PutObject {
  return {
    key: `dead-letter/${ARRIVAL_HOUR}/logging-pipeline_foo/shardId-000000000000-${number}`,
    body,
    metadata: {
      ...{ reason, account: "111111111111", "shard-id": "shardId-000000000000", "sequence-number": String(number) },
      "arrival-time": new Date(ARRIVAL).toISOString(),
    },
  };
}

/** A batch that Lambda gave up on. */
export function undeliveredObject(...data: unknown[]): PutObject {
  const attempt = {
    records: kinesisEvent(...data).Records,
    retryAttempts: 3,
    invocations: 4,
    functionError: "Unhandled" as const,
  };
  const mapping = {
    uuid: "6c1ff6d5-0000-4000-8000-000000000000",
    functionArn: "arn:function",
    streamArn: "arn:stream",
  };
  const { key, body } = failureObject({ attempt, condition: "RetryAttemptsExhausted" }, mapping, ARRIVAL + 60_000);
  return { key, body: Buffer.from(body) };
}

const SOURCE = { bucket: "my-logs", key: "alb/a b.log.gz", etag: "0123456789abcdef" };

/** A line of an access log that the index rejected, and one that is too long. */
export function rejectedLogLinesObject(): PutObject {
  const lines = [{ line: 7, message: "GET / 200" }];
  const tooLong = [{ line: 9, offset: 100, skip: 0, length: 2_000_000 }];
  const rejected = {
    chunk: { firstLine: 5, tooLong },
    lines,
    rejections: [{ position: 0, rejection: "400 rejected" }],
  };
  const { key, body } = rejectedLinesObject("", { object: SOURCE, lastModified: ARRIVAL }, rejected)!;
  return { key, body };
}

export function unreadableLogObject(): PutObject {
  const { key, body } = unreadableMessageObject("", {
    ...{ reason: "404 NoSuchKey", sent: ARRIVAL, object: SOURCE, lines: 3, body: "{}" },
  });
  return { key, body };
}

export function firehoseErrorsObject(...documents: string[]): PutObject {
  const lines = documents.map((document, n) =>
    searchFailedLine(
      {
        ...{ data: Buffer.from(document), errorCode: "400", errorMessage: "mapper_parsing_exception", attemptsMade: 1 },
        ...{ arrivedAt: ARRIVAL, endedAt: ARRIVAL },
      },
      { index: "applications-2026-11-21", id: `id-${n}` },
    ),
  );
  return {
    key: `firehose-failed/AmazonOpenSearchService-failed/${ARRIVAL_HOUR}/apps-1-x.gz`,
    body: gzipSync(`${lines.join("\n")}\n`),
  };
}
