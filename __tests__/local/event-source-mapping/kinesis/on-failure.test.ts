import { failureObject } from "../../../../local/event-source-mapping/kinesis/on-failure";
import { NOW, record, settings } from "./factories";

const attempt = {
  records: [record(7, { arrival: NOW - 2000 }), record(8, { arrival: NOW - 1000 })],
  retryAttempts: 2,
  invocations: 3,
  functionError: "Unhandled" as const,
};

describe("failureObject", () => {
  it("holds Lambda's invocation record, with the event as payload", () => {
    const { body } = failureObject({ attempt, condition: "RetryAttemptsExhausted" }, settings(), NOW);
    expect(JSON.parse(body)).toEqual({
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: settings().functionArn,
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: "2026-11-21T03:00:00.000Z",
      KinesisBatchInfo: {
        shardId: "shardId-000000000000",
        startSequenceNumber: "7",
        endSequenceNumber: "8",
        approximateArrivalOfFirstRecord: "2026-11-21T02:59:58.000Z",
        approximateArrivalOfLastRecord: "2026-11-21T02:59:59.000Z",
        batchSize: 2,
        streamArn: settings().streamArn,
      },
      payload: JSON.stringify({ Records: attempt.records }),
    });
  });

  it("is named as Lambda names it: mapping, shard, day, time and a random part", () => {
    const { key } = failureObject({ attempt, condition: "RetryAttemptsExhausted" }, settings(), NOW);
    expect(key).toMatch(
      /^aws\/lambda\/14e0db71-xmpl-4eb5-b481-8945cf9d10c2\/shardId-000000000000\/2026\/11\/21\/2026-11-21T03\.00\.00-[0-9a-f-]{36}$/,
    );
  });

  it("has no response context for records that were never in an invocation", () => {
    const { functionError: _, ...untried } = { ...attempt, invocations: 0 };
    const { body } = failureObject({ attempt: untried, condition: "RecordAgeExceeded" }, settings(), NOW);
    expect(JSON.parse(body)).not.toHaveProperty("responseContext");
  });
});
