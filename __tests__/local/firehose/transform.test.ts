import { processingFailedLine } from "../../../local/firehose/failed-record";
import type { DeliveryRecord } from "../../../local/firehose/record";
import { transformBatch } from "../../../local/firehose/transform";
import { verdicts } from "../../../local/firehose/transform-response";
import type { InvocationResult } from "../../../local/lambda/instance";

const arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/logs";
const transform = { functionArn: "arn:f", retries: 3, buffer: { sizeBytes: 1, intervalMs: 0 } };
const record = (id: string): DeliveryRecord => ({ id, data: Buffer.from(`data ${id}`), arrivedAt: 7 });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const codes = (response: unknown, ids: string[]) =>
  verdicts(response, ids).map((one) => (one === "dropped" ? one : "data" in one ? String(one.data) : one.errorCode));

describe("verdicts", () => {
  it("takes data for Ok, drops for Dropped, and fails for ProcessingFailed, each record for itself", () => {
    const records = [
      { recordId: "b", result: "ProcessingFailed", data: base64("x") },
      { recordId: "a", result: "Ok", data: base64("one") },
      { recordId: "c", result: "Dropped", data: null },
    ];
    expect(codes({ records }, ["a", "b", "c"])).toEqual(["one", "Lambda.ProcessingFailedStatus", "dropped"]);
  });

  it("fails records that are missing, returned twice, or Ok without data, and no others", () => {
    const ok = (recordId: string) => ({ recordId, result: "Ok", data: base64(recordId) });
    const records = [ok("twice"), ok("twice"), { recordId: "empty", result: "Ok" }, ok("good"), ok("nobody's")];
    expect(codes({ records }, ["missing", "twice", "empty", "good"])).toEqual([
      "Lambda.MissingRecordId",
      "Lambda.DuplicatedRecordId",
      "Lambda.InvalidReturnFormat",
      "good",
    ]);
  });

  it.each([[null], ["text"], [{}], [{ records: "none" }]])("misses every record in the response %j", (response) => {
    expect(codes(response, ["a", "b"])).toEqual(["Lambda.MissingRecordId", "Lambda.MissingRecordId"]);
  });

  it.each([
    { recordId: "b", result: "Maybe", data: base64("x") },
    { recordId: "b", result: "Ok", data: "not base64" },
    { recordId: "b", result: "Ok", data: 5 },
  ])("fails the whole batch for %j", (wrong) => {
    const records = [{ recordId: "a", result: "Ok", data: base64("x") }, wrong];
    expect(codes({ records }, ["a", "b"])).toEqual(["Lambda.FunctionError", "Lambda.FunctionError"]);
  });

  it("accepts empty data", () => {
    expect(codes({ records: [{ recordId: "a", result: "Ok", data: "" }] }, ["a"])).toEqual([""]);
  });
});

describe("transformBatch", () => {
  const signal = new AbortController().signal;
  const failing: InvocationResult = { functionError: "Unhandled", payload: {} };

  it("invokes with the event that AWS documents", async () => {
    let event: unknown;
    const kinesis = {
      sequenceNumber: "5",
      subsequenceNumber: 0,
      partitionKey: "p",
      shardId: "s",
      approximateArrivalTimestamp: 7,
    };
    await transformBatch(
      [{ ...record("a"), kinesis }],
      { arn, sourceArn: "arn:stream", transform },
      async (_, given) => {
        event = given;
        return { payload: { records: [] } };
      },
      signal,
    );
    expect(event).toEqual({
      invocationId: expect.any(String),
      sourceKinesisStreamArn: "arn:stream",
      deliveryStreamArn: arn,
      region: "eu-central-1",
      records: [
        { recordId: "a", approximateArrivalTimestamp: 7, data: base64("data a"), kinesisRecordMetadata: kinesis },
      ],
    });
  });

  it("invokes a failing function again as often as the settings say, with the same records, then fails them all", async () => {
    const events: { invocationId: string; records: unknown }[] = [];
    const result = await transformBatch(
      [record("a"), record("b")],
      { arn, sourceArn: undefined, transform: { ...transform, retries: 1 } },
      async (_, event) => {
        events.push(event as (typeof events)[0]);
        return failing;
      },
      signal,
    );
    expect(events).toHaveLength(2);
    expect(events[0]!.records).toEqual(events[1]!.records);
    expect(events[0]!.invocationId).not.toBe(events[1]!.invocationId);
    expect(result!.delivered).toEqual([]);
    expect(result!.failed.map(({ record, failure }) => [record.id, failure.errorCode, failure.attemptsMade])).toEqual([
      ["a", "Lambda.FunctionError", 2],
      ["b", "Lambda.FunctionError", 2],
    ]);
  });

  it("goes on after a failed invocation, and does not repeat a wrong response", async () => {
    const answers = [
      () => Promise.reject(new Error("no such function")),
      async (): Promise<InvocationResult> => ({
        payload: { records: [{ recordId: "a", result: "Ok", data: base64("new") }] },
      }),
    ];
    const result = await transformBatch(
      [record("a"), record("b")],
      { arn, sourceArn: undefined, transform },
      () => answers.shift()!(),
      signal,
    );
    expect(result!.delivered.map(({ data }) => String(data))).toEqual(["new"]);
    expect(result!.failed).toEqual([
      {
        record: record("b"),
        failure: expect.objectContaining({ errorCode: "Lambda.MissingRecordId", attemptsMade: 2 }),
      },
    ]);
  });
});

describe("processingFailedLine", () => {
  it("has the members of an object that AWS wrote, in its order", () => {
    // An object of AWS, published by the UK's Home Office: its members, with other values.
    const line = processingFailedLine(
      {
        data: Buffer.from("data"),
        errorCode: "Lambda.FunctionError",
        errorMessage: "The Lambda function was successfully invoked but it returned an error result.",
        attemptsMade: 4,
        arrivedAt: 1741088912364,
        endedAt: 1741089007666,
      },
      "arn:aws:lambda:eu-west-2:000000000000:function:f:$LATEST",
    );
    expect(line).toBe(
      '{"rawData":"ZGF0YQ==","errorCode":"Lambda.FunctionError","errorMessage":"The Lambda function was successfully invoked but it returned an error result.","attemptsMade":4,"arrivalTimestamp":1741088912364,"attemptEndingTimestamp":1741089007666,"lambdaARN":"arn:aws:lambda:eu-west-2:000000000000:function:f:$LATEST"}',
    );
  });
});
