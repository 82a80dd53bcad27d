import { parseLambda } from "../../../core/parsers/lambda";
import { NumberText } from "../../../core/parsers/parsed-message";
import { parsedFlat } from "../../support/flat-fields";

const parse = (line: string) => parsedFlat(parseLambda, line);
const fieldsOf = (line: string) => parse(line)?.fields;

describe("Lambda's events in JSON", () => {
  // DataDog/datadog-serverless-functions, aws/logs_monitoring/tests/test_enhanced_lambda_metrics.py.
  const report = (metrics: object, rest: object) =>
    JSON.stringify({
      time: "2024-10-04T00:36:35.800Z",
      type: "platform.report",
      record: { requestId: "4d789d71-2f2c-4c66-a4b5-531a0223233d", metrics, ...rest },
    });
  const METRICS = { durationMs: 0.62, billedDurationMs: 100, memorySizeMB: 128, maxMemoryUsedMB: 51 };

  it("have the fields of the text form, and their own", () => {
    const event = report(METRICS, { status: "success" });
    expect(parse(event)).toEqual({
      fields: {
        "aws.lambda.event_type": "platform.report",
        ...{ "faas.execution": "4d789d71-2f2c-4c66-a4b5-531a0223233d", "faas.coldstart": false },
        ...{ "aws.lambda.status": "success", "aws.lambda.duration_ms": 0.62, "aws.lambda.billed_duration_ms": 100 },
        ...{ "aws.lambda.memory_size_mb": 128, "aws.lambda.max_memory_used_mb": 51 },
      },
      json: event,
    });
  });

  it("say that an environment was new", () => {
    expect(fieldsOf(report({ ...METRICS, initDurationMs: 985.413 }, {}))).toMatchObject({
      ...{ "faas.coldstart": true, "aws.lambda.init_duration_ms": 985.413 },
    });
    expect(fieldsOf(report({ ...METRICS, restoreDurationMs: 0.1 }, {}))).toMatchObject({ "faas.coldstart": true });
  });

  it("keep the digits of their numbers, and say nothing of a start without a memory size", () => {
    const record = '{"metrics":{"durationMs":100.10,"billedDurationMs":9007199254740993}}';
    const event = `{"time":"2024-10-04T00:36:35.800Z","type":"platform.report","record":${record}}`;
    const fields = parseLambda(event)!.fields as { aws: { lambda: unknown } };
    expect(fields).toEqual({
      aws: {
        lambda: {
          event_type: "platform.report",
          duration_ms: new NumberText("100.10"),
          billed_duration_ms: new NumberText("9007199254740993.0"),
        },
      },
    });
  });

  // DataDog/datadog-lambda-extension, its tests of telemetry events, and one of a log group.
  it.each<[string, Record<string, unknown>]>([
    [
      '{"time":"2024-04-25T17:35:59.944Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:20.v22","runtimeVersionArn":"arn:aws:lambda:us-east-1::runtime:da57c20c","functionName":"hello-world","functionVersion":"$LATEST"}}',
      {
        ...{ "aws.lambda.event_type": "platform.initStart", "faas.name": "hello-world", "faas.version": "$LATEST" },
        ...{ "aws.lambda.phase": "init", "aws.lambda.runtime_version": "nodejs:20.v22" },
        "aws.lambda.runtime_version_arn": "arn:aws:lambda:us-east-1::runtime:da57c20c",
      },
    ],
    [
      '{"time":"2022-10-19T13:52:15.667Z","type":"platform.logsDropped","record":{"reason":"BufferFull","droppedRecords":1,"droppedBytes":1024}}',
      { "aws.lambda.event_type": "platform.logsDropped" },
    ],
    [
      '{"time":"2022-10-12T00:00:16.000Z","type":"platform.restoreReport","record":{"status":"success","metrics":{"durationMs":120.5}}}',
      {
        ...{ "aws.lambda.event_type": "platform.restoreReport", "aws.lambda.status": "success" },
        "aws.lambda.restore_duration_ms": 120.5,
      },
    ],
    [
      '{"type":"platform.telemetrySubscription","time":"2023-02-10T20:39:01.405Z","record":{"name":"index.js","state":"Subscribed","types":["platform","function"]}}',
      {
        ...{ "aws.lambda.event_type": "platform.telemetrySubscription", "aws.lambda.extension_name": "index.js" },
        ...{ "aws.lambda.extension_state": "Subscribed", "aws.lambda.extension_types": ["platform", "function"] },
      },
    ],
    // Of a type that nobody has seen, with members of other kinds.
    [
      '{"type":"platform.later","record":{"requestId":7,"metrics":[],"types":"all","tracing":{"value":"Root=1-5f-ab;Parent=1;Sampled=1"}}}',
      { "aws.lambda.event_type": "platform.later", "trace.id": "1-5f-ab" },
    ],
  ])("may be of any type: %s", (event, fields) => {
    expect(parse(event)).toEqual({ fields, json: event });
  });

  it.each([
    '{"timestamp":"2026-01-31T09:25:21Z","level":"INFO","message":"of a function","requestId":"x"}',
    '{"type":"order.created","record":{}}',
    '{"type":"platform.report","record":"text"}',
    '{"type":"platform.report","record":{"status":"a","status":"b"}}',
    '{"type":"platform.report","record":{}',
    '{"kind":"platform.report","record":{}}',
  ])("are no other objects: %s", (message) => {
    expect(parseLambda(message)).toBeUndefined();
  });
});
