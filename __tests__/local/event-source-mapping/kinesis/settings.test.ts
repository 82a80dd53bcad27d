import { streamMappingSettings } from "../../../../local/event-source-mapping/kinesis/settings";

const STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/foo";
const minimal = { UUID: "u", FunctionArn: "f", EventSourceArn: STREAM, StartingPosition: "TRIM_HORIZON" } as const;

describe("streamMappingSettings", () => {
  it("fills in AWS's defaults", () => {
    expect(streamMappingSettings(minimal)).toEqual({
      uuid: "u",
      functionArn: "f",
      streamArn: STREAM,
      enabled: true,
      startingPosition: "TRIM_HORIZON",
      batchSize: 100,
      maximumBatchingWindowSeconds: 0,
      parallelizationFactor: 1,
      maximumRetryAttempts: Number.POSITIVE_INFINITY,
      maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
      bisectBatchOnFunctionError: false,
      reportBatchItemFailures: false,
    });
  });

  it("reads what was applied", () => {
    const applied = streamMappingSettings({
      ...minimal,
      StartingPosition: "LATEST",
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 5,
      ParallelizationFactor: 10,
      MaximumRetryAttempts: 0,
      MaximumRecordAgeInSeconds: 60,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::my.archive-1" } },
    });
    expect(applied).toMatchObject({
      startingPosition: "LATEST",
      batchSize: 10_000,
      maximumBatchingWindowSeconds: 5,
      parallelizationFactor: 10,
      maximumRetryAttempts: 0,
      maximumRecordAgeSeconds: 60,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: true,
      onFailureBucket: "my.archive-1",
    });
  });

  it("treats -1 as no limit", () => {
    const limits = { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 };
    expect(streamMappingSettings({ ...minimal, ...limits })).toMatchObject({
      maximumRetryAttempts: Number.POSITIVE_INFINITY,
      maximumRecordAgeSeconds: Number.POSITIVE_INFINITY,
    });
  });

  it.each([
    ["Enabled", true],
    ["Creating", true],
    ["Disabled", false],
    ["Disabling", false],
  ])("treats a mapping in the state %s as enabled: %s", (State, enabled) => {
    expect(streamMappingSettings({ ...minimal, State })).toMatchObject({ enabled });
  });

  it("rejects the starting position AT_TIMESTAMP", () => {
    expect(() => streamMappingSettings({ ...minimal, StartingPosition: "AT_TIMESTAMP" })).toThrow(
      "starting_position is AT_TIMESTAMP; the local pipeline supports TRIM_HORIZON and LATEST",
    );
  });

  it("rejects an on-failure destination other than a bucket", () => {
    const DestinationConfig = { OnFailure: { Destination: "arn:aws:sqs:eu-central-1:123456789012:discarded" } };
    expect(() => streamMappingSettings({ ...minimal, DestinationConfig })).toThrow(
      /on-failure destination is arn:aws:sqs:/,
    );
  });
});
