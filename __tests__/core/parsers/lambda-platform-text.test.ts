import { parseLambda } from "../../../core/parsers/lambda";
import { parsedFlat } from "../../support/flat-fields";

const parse = (line: string) => parsedFlat(parseLambda, line);
const fieldsOf = (line: string) => parse(line)?.fields;

const ID = "f08bb4c8-d6b2-4f05-ac17-af7e2ba005fb";

describe("Lambda's own lines", () => {
  it("become numbers, with the trace of the second line", () => {
    // DataDog/datadog-serverless-functions, aws/logs_monitoring/tests/events/cloudwatch_logs.json: as CloudWatch Logs delivered it.
    const line = `REPORT RequestId: ${ID}\tDuration: 619.31 ms\tBilled Duration: 700 ms\tMemory Size: 128 MB\tMax Memory Used: 118 MB\t\nXRAY TraceId: 1-5e61292c-cc1229a4dfbeae1043928548\tSegmentId: 07a85e713f6302b2\tSampled: true\t\n`;
    expect(parse(line)).toEqual({
      fields: {
        "aws.lambda.event_type": "platform.report",
        ...{ "faas.execution": ID, "faas.coldstart": false, "trace.id": "1-5e61292c-cc1229a4dfbeae1043928548" },
        ...{ "aws.lambda.duration_ms": 619.31, "aws.lambda.billed_duration_ms": 700 },
        ...{ "aws.lambda.memory_size_mb": 128, "aws.lambda.max_memory_used_mb": 118 },
        ...{ "aws.lambda.segment_id": "07a85e713f6302b2", "aws.lambda.sampled": true },
      },
    });
  });

  // The same, tests/test_enhanced_lambda_metrics.py: `cold_start_report`, whose metrics are 0.81 ms, 1,234 ms and a cold start.
  it.each(["\t", " ", " \t", "  "])("are read however their pairs are separated: %j", (gap) => {
    const pairs = [
      "REPORT RequestId: 8edab1f8-7d34-4a8e-a965-15ccbbb78d4c",
      "Duration: 0.81 ms",
      "Billed Duration: 100 ms",
    ];
    pairs.push("Memory Size: 128 MB", "Max Memory Used: 90 MB", "Init Duration: 1234 ms");
    expect(fieldsOf(pairs.join(gap))).toEqual({
      "aws.lambda.event_type": "platform.report",
      ...{ "faas.execution": "8edab1f8-7d34-4a8e-a965-15ccbbb78d4c", "faas.coldstart": true },
      ...{ "aws.lambda.duration_ms": 0.81, "aws.lambda.billed_duration_ms": 100, "aws.lambda.init_duration_ms": 1234 },
      ...{ "aws.lambda.memory_size_mb": 128, "aws.lambda.max_memory_used_mb": 90 },
    });
  });

  it("say how an invocation or a restore ended", () => {
    // Lambda Developer Guide, "Lambda execution environment": a restore that a runtime hook failed.
    expect(
      fieldsOf("RESTORE_REPORT Restore Duration: 1236.04 ms\tStatus: error\tError Type: Runtime.ExitError"),
    ).toEqual({
      ...{ "aws.lambda.event_type": "platform.restoreReport", "aws.lambda.restore_duration_ms": 1236.04 },
      ...{ "aws.lambda.status": "error", "error.type": "Runtime.ExitError" },
    });
    const restored = `REPORT RequestId: ${ID}\tDuration: 13.82 ms\tRestore Duration: 204.27 ms\tBilled Restore Duration: 115 ms\tStatus: timeout\t`;
    expect(fieldsOf(restored)).toMatchObject({
      ...{ "faas.coldstart": true, "aws.lambda.status": "timeout" },
      ...{ "aws.lambda.restore_duration_ms": 204.27, "aws.lambda.billed_restore_duration_ms": 115 },
    });
  });

  // Lines that public repositories quote from their log groups.
  it.each<[string, Record<string, unknown>]>([
    [
      "START RequestId: 00c4bc44-e48e-4e7d-ab38-a47800cd734b Version: $LATEST\n",
      {
        ...{ "aws.lambda.event_type": "platform.start", "faas.execution": "00c4bc44-e48e-4e7d-ab38-a47800cd734b" },
        "faas.version": "$LATEST",
      },
    ],
    [`END RequestId: ${ID}\n`, { "aws.lambda.event_type": "platform.end", "faas.execution": ID }],
    [
      "INIT_START Runtime Version: python:3.9.v18\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:93e1685a\n",
      {
        ...{ "aws.lambda.event_type": "platform.initStart", "aws.lambda.runtime_version": "python:3.9.v18" },
        "aws.lambda.runtime_version_arn": "arn:aws:lambda:us-east-1::runtime:93e1685a",
      },
    ],
    [
      "INIT_REPORT Init Duration: 150.79 ms\tPhase: init\tStatus: error\tError Type: Runtime.UserCodeSyntaxError\n",
      {
        ...{ "aws.lambda.event_type": "platform.initReport", "aws.lambda.init_duration_ms": 150.79 },
        ...{ "aws.lambda.phase": "init", "aws.lambda.status": "error", "error.type": "Runtime.UserCodeSyntaxError" },
      },
    ],
    [
      "EXTENSION\tName: datadog-agent\tState: Ready\tEvents: [INVOKE,SHUTDOWN]\n",
      {
        ...{ "aws.lambda.event_type": "platform.extension", "aws.lambda.extension_name": "datadog-agent" },
        ...{ "aws.lambda.extension_state": "Ready", "aws.lambda.extension_events": ["INVOKE", "SHUTDOWN"] },
      },
    ],
    [
      "TELEMETRY\tName: datadog-agent\tState: Subscribed\tTypes: [Platform, Function, Extension]\n",
      {
        "aws.lambda.event_type": "platform.telemetrySubscription",
        ...{ "aws.lambda.extension_name": "datadog-agent", "aws.lambda.extension_state": "Subscribed" },
        "aws.lambda.extension_types": ["Platform", "Function", "Extension"],
      },
    ],
    [
      "2020-06-09T15:02:26.150Z 7c9567b5-107b-4a6c-8798-0157ac21db52 Task timed out after 3.00 seconds\n\n",
      {
        ...{ "faas.execution": "7c9567b5-107b-4a6c-8798-0157ac21db52", "aws.lambda.status": "timeout" },
        "error.message": "Task timed out after 3.00 seconds",
      },
    ],
    [
      "RequestId: 9ca25a1b-a606-4d8e-8f9d-10ee0d742fce Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n",
      {
        ...{ "faas.execution": "9ca25a1b-a606-4d8e-8f9d-10ee0d742fce", "error.type": "Runtime.ExitError" },
        "error.message": "Runtime exited with error: exit status 1",
      },
    ],
  ])("keep their message beside their fields: %j", (line, fields) => {
    expect(parse(line)).toEqual({ fields });
  });

  it("may have pairs that AWS adds", () => {
    const line = `REPORT RequestId: ${ID}\tDuration: 1 ms\tDisk Used: 12 MB\tWaiting Time: 0.5 ms\tCpu Architecture: arm64`;
    expect(fieldsOf(line)).toMatchObject({
      ...{ "aws.lambda.disk_used_mb": 12, "aws.lambda.waiting_time_ms": 0.5, "aws.lambda.cpu_architecture": "arm64" },
    });
  });

  it.each(["of a stranger", "Duration: 2.0 ms\tDuration: 3.0 ms", "Sampled: perhaps", "Error Type: a b"])(
    "keep a message of which not all is in fields: %j",
    (more) => {
      const line = `REPORT RequestId: ${ID}\t${more}`;
      expect(parseLambda(line)?.message).toBe(line);
    },
  );

  it("do not let a pair replace what the line is", () => {
    const line = `REPORT RequestId: ${ID}\tEvent Type: x\tExtension: x\tName: y\tConstructor: z`;
    expect(fieldsOf(line)).toMatchObject({
      ...{ "aws.lambda.event_type": "platform.report", "aws.lambda.extension_name": "y" },
      "aws.lambda.constructor": "z",
    });
  });

  it.each([
    ...["", "REPORT", "REPORT invalid report log line", "REPORT of the day: RequestId: 1", "START", "START of the job"],
    ...["START RequestId: not an id Version: 1", "END RequestId: ", "Report RequestId: a", "EXTENSION\tState: Ready"],
    ...["INIT_REPORT Init Duration: long", `RequestId: ${ID}`, "RequestId: abc Error: x", "START\nRequestId: a"],
    `2020-06-09T15:02:26.150Z ${ID} Task timed out after a while`,
    `REPORT RequestId: ${ID}\tDuration: 1 ms\t${"x".repeat(5000)}`,
  ])("are no other text: %.80s", (text) => {
    expect(parseLambda(text)).toBeUndefined();
  });
});
