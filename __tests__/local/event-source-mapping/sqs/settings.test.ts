import { queueMappingSettings } from "../../../../local/event-source-mapping/sqs/settings";

const QUEUE = "arn:aws:sqs:eu-central-1:123456789012:access-logs";
const minimal = { UUID: "u", FunctionArn: "f", EventSourceArn: QUEUE };

describe("queueMappingSettings", () => {
  it("fills in AWS's defaults", () => {
    expect(queueMappingSettings(minimal)).toEqual({
      uuid: "u",
      functionArn: "f",
      queueArn: QUEUE,
      enabled: true,
      batchSize: 10,
      maximumBatchingWindowSeconds: 0,
      maximumConcurrency: 5,
      reportBatchItemFailures: false,
    });
  });

  it("reads what was applied", () => {
    const applied = queueMappingSettings({
      ...minimal,
      State: "Disabled",
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 300,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    expect(applied).toMatchObject({
      enabled: false,
      batchSize: 10_000,
      maximumBatchingWindowSeconds: 300,
      maximumConcurrency: 2,
      reportBatchItemFailures: true,
    });
  });

  it("rejects a FIFO queue, and filters", () => {
    expect(() => queueMappingSettings({ ...minimal, EventSourceArn: `${QUEUE}.fifo` })).toThrow(
      `the event source is ${QUEUE}.fifo; the local pipeline supports standard queues`,
    );
    expect(() => queueMappingSettings({ ...minimal, FilterCriteria: { Filters: [{ Pattern: "{}" }] } })).toThrow(
      "filter_criteria is set; the local pipeline supports mappings without filters",
    );
    expect(queueMappingSettings({ ...minimal, FilterCriteria: { Filters: [] } })).toMatchObject({ enabled: true });
  });
});
