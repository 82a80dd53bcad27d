import { arrivalOf, eventRecord } from "../../../../local/event-source-mapping/kinesis/event";

describe("eventRecord", () => {
  // Source: Lambda Developer Guide "Using Lambda to process records from Amazon Kinesis Data Streams", example event.
  it("returns a record as AWS documents it", () => {
    const record = eventRecord(
      {
        SequenceNumber: "49590338271490256608559692538361571095921575989136588898",
        PartitionKey: "1",
        Data: Buffer.from("Hello, this is a test."),
        ApproximateArrivalTimestamp: new Date(1_545_084_650_987),
      },
      {
        streamArn: "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream",
        shardId: "shardId-000000000006",
        roleArn: "arn:aws:iam::123456789012:role/lambda-role",
      },
    );
    expect(record).toEqual({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey: "1",
        sequenceNumber: "49590338271490256608559692538361571095921575989136588898",
        data: "SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==",
        approximateArrivalTimestamp: 1_545_084_650.987,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
      eventName: "aws:kinesis:record",
      invokeIdentityArn: "arn:aws:iam::123456789012:role/lambda-role",
      awsRegion: "us-east-2",
      eventSourceARN: "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream",
    });
    expect(arrivalOf(record)).toBe(1_545_084_650_987);
  });
});
