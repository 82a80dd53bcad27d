import { messageRecord } from "../../../../local/event-source-mapping/sqs/event";

const QUEUE = "arn:aws:sqs:us-east-2:123456789012:my-queue";

describe("messageRecord", () => {
  it("returns the example of the Developer Guide", () => {
    const example = {
      messageId: "059f36b4-87a3-44ab-83d2-661975830a7d",
      receiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
      body: "Test message.",
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1545082649183",
        SenderId: "AIDAIENQZJOLO23YVJ4VO",
        ApproximateFirstReceiveTimestamp: "1545082649185",
      },
      messageAttributes: {
        myAttribute: { stringValue: "myValue", stringListValues: [], binaryListValues: [], dataType: "String" },
      },
      md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
      eventSource: "aws:sqs",
      eventSourceARN: QUEUE,
      awsRegion: "us-east-2",
    };
    const { messageId, receiptHandle, body, attributes, md5OfBody } = example;
    const received = {
      ...{ MessageId: messageId, ReceiptHandle: receiptHandle, Body: body, Attributes: attributes },
      MD5OfBody: md5OfBody,
      MessageAttributes: { myAttribute: { DataType: "String", StringValue: "myValue" } },
    };
    expect(messageRecord(received, QUEUE)).toEqual(example);
  });

  it("encodes binary attributes in Base64, and keeps their MD5", () => {
    const attribute = { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) };
    expect(messageRecord({ MessageAttributes: { b: attribute }, MD5OfMessageAttributes: "md5" }, QUEUE)).toMatchObject({
      messageAttributes: { b: { binaryValue: "AP8=", dataType: "Binary" } },
      md5OfMessageAttributes: "md5",
    });
  });
});
