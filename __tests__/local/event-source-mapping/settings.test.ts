import { mappingSettings, sourceArnOf } from "../../../local/event-source-mapping/settings";

const mapping = { UUID: "u", FunctionArn: "f", StartingPosition: "TRIM_HORIZON" } as const;
const from = (EventSourceArn: string) => mappingSettings({ ...mapping, EventSourceArn });

describe("mappingSettings", () => {
  it.each([
    ["a Kinesis stream", "arn:aws:kinesis:eu-central-1:123456789012:stream/foo", "streamArn"],
    ["an SQS queue", "arn:aws-cn:sqs:cn-north-1:123456789012:foo", "queueArn"],
  ])("reads a mapping of %s", (_, arn, property) => {
    expect(from(arn)).toMatchObject({ [property]: arn });
    expect(sourceArnOf(from(arn))).toBe(arn);
  });

  it("rejects any other source", () => {
    const arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/foo/stream/2026-11-21T03:00:00.000";
    expect(() => from(arn)).toThrow(
      `the event source is ${arn}; the local pipeline supports Kinesis streams and SQS queues`,
    );
  });
});
