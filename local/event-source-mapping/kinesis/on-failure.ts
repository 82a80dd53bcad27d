import { randomUUID } from "node:crypto";
import type { Discarded } from "./attempt";
import { arrivalOf } from "./event";
import type { StreamMappingSettings } from "./settings";

export interface FailureObject {
  readonly key: string;
  readonly body: string;
}

/**
 * Returns the object that Lambda writes to an S3 on-failure destination for discarded records.
 *
 * Source: Lambda Developer Guide "Retain discarded batch records for a Kinesis Data Streams event source", S3 example.
 *
 * @param now milliseconds since the epoch
 */
export function failureObject(
  { attempt, condition }: Discarded,
  { uuid, functionArn, streamArn }: Pick<StreamMappingSettings, "uuid" | "functionArn" | "streamArn">,
  now: number,
): FailureObject {
  const first = attempt.records[0]!;
  const last = attempt.records.at(-1)!;
  const shardId = first.eventID.split(":", 1)[0]!;
  const timestamp = new Date(now).toISOString();
  const invocationRecord = {
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition,
      approximateInvokeCount: attempt.invocations,
    },
    ...(attempt.invocations > 0 && {
      responseContext: {
        statusCode: 200,
        executedVersion: "$LATEST",
        ...(attempt.functionError && { functionError: attempt.functionError }),
      },
    }),
    version: "1.0",
    timestamp,
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first.kinesis.sequenceNumber,
      endSequenceNumber: last.kinesis.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(arrivalOf(first)).toISOString(),
      approximateArrivalOfLastRecord: new Date(arrivalOf(last)).toISOString(),
      batchSize: attempt.records.length,
      streamArn,
    },
    payload: JSON.stringify({ Records: attempt.records }),
  };
  const [day, time] = timestamp.split(/[T.]/) as [string, string];
  const name = `${day}T${time.replaceAll(":", ".")}-${randomUUID()}`;
  return {
    key: `aws/lambda/${uuid}/${shardId}/${day.replaceAll("-", "/")}/${name}`,
    body: JSON.stringify(invocationRecord),
  };
}
