import { parseLambda } from "../../../core/parsers/lambda";
import { flatFields } from "../../support/flat-fields";

const parse = (line: string) => {
  const parsed = parseLambda(line);
  return parsed && { ...parsed, fields: flatFields(parsed.fields) };
};
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
    '{"type":"platform.report","record":{}',
    '{"kind":"platform.report","record":{}}',
  ])("are no other objects: %s", (message) => {
    expect(parseLambda(message)).toBeUndefined();
  });
});

describe("The prefix of Node's runtime", () => {
  // aws/aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js and src/Errors.js.
  const line = (id: string, level: string, message: string) => `2023-02-18T22:23:34.030Z\t${id}\t${level}\t${message}`;

  it.each([
    [ID, { "faas.execution": ID }],
    ["undefined", {}],
    ["-", {}],
  ])("becomes fields: %s", (id, fields) => {
    expect(parse(line(id, "WARN", "[dd.trace_id=7064794513067584152] Hello,\tWorld!\n"))).toEqual({
      fields: { "log.level": "warn", ...fields },
      message: "[dd.trace_id=7064794513067584152] Hello,\tWorld!",
    });
  });

  it("leaves a JSON object, whose members become fields", () => {
    const json = '{"level":"INFO","cold_start":true,"id":9007199254740993}';
    expect(parse(line(ID, "INFO", `${json}\n`))).toEqual({
      fields: { "log.level": "info", "faas.execution": ID },
      json,
    });
    expect(parse(line(ID, "INFO", "{ level: 'INFO' }"))?.message).toBe("{ level: 'INFO' }");
  });

  it("has line feeds again that the fallback to stdout replaced", () => {
    expect(parse(line(ID, "INFO", "one\r  two\r\n"))?.message).toBe("one\n  two\n");
    expect(parse(line(ID, "INFO", "one\r\ntwo\n"))?.message).toBe("one\r\ntwo");
  });

  it("comes before errors that nothing caught", () => {
    // The snapshot of a public integration test: `Invoke Error`, a space and a tab.
    const error =
      'Invoke Error \t{"errorType":"Error","errorMessage":"Hello world error","stack":["Error: Hello world error","    at Runtime.handler (file:///var/task/index.mjs:8:11)"]}';
    expect(parse(line(ID, "ERROR", error))).toEqual({
      fields: {
        ...{ "log.level": "error", "faas.execution": ID, "error.type": "Error", "error.message": "Hello world error" },
        "error.stack_trace": "Error: Hello world error\n    at Runtime.handler (file:///var/task/index.mjs:8:11)",
      },
      message: error,
    });
    const odd = 'Uncaught Exception \t{"errorType":{},"stack":[{"toString":1},"a"],"errorMessage":"m"}';
    expect(fieldsOf(line("undefined", "ERROR", odd))).toEqual({
      ...{ "log.level": "error", "error.message": "m", "error.stack_trace": "a" },
    });
  });

  it.each([
    line(ID, "LOUD", "x"),
    line("two words", "INFO", "x"),
    `2023-02-18T22:23:34.030Z ${ID} INFO x`,
    `yesterday\t${ID}\tINFO\tx`,
  ])("is no other text: %j", (text) => {
    expect(parseLambda(text)).toBeUndefined();
  });
});

describe("The prefix of Python's runtime", () => {
  // aws/aws-lambda-python-runtime-interface-client, awslambdaric/bootstrap.py.
  const TRACEBACK = 'Traceback (most recent call last):\n  File "spam.py", line 3, in <module>\n    spam.eggs()';

  it("becomes fields, with a request id or without", () => {
    expect(parse(`[WARNING]\t2026-04-22T21:00:55.118Z\t\tLAMBDA_WARNING: Unhandled exception.\n`)).toEqual({
      fields: { "log.level": "warning" },
      message: "LAMBDA_WARNING: Unhandled exception.",
    });
    expect(parse(`[INFO]\t2026-04-22T21:00:55.118Z\t${ID}\t{"order":7}\n`)).toEqual({
      fields: { "log.level": "info", "faas.execution": ID },
      json: '{"order":7}',
    });
  });

  it("may have a traceback behind its message", () => {
    const message = `failed\n${TRACEBACK}\nbotocore.exceptions.ClientError: An error occurred (404): Not Found`;
    expect(parse(`[ERROR]\t2026-04-22T21:00:55.118Z\t${ID}\t${message}\n`)).toEqual({
      fields: {
        ...{ "log.level": "error", "faas.execution": ID, "error.type": "botocore.exceptions.ClientError" },
        "error.message": "An error occurred (404): Not Found",
        "error.stack_trace": message.slice("failed\n".length),
      },
      message,
    });
  });

  // Expected texts of tests/test_bootstrap.py, of both log sinks.
  it.each<[string, Record<string, unknown>]>([
    [
      "FaultExceptionType: Fault exception msg",
      { "error.type": "FaultExceptionType", "error.message": "Fault exception msg" },
    ],
    ["FaultExceptionType", { "error.type": "FaultExceptionType" }],
    ["Fault exception msg", { "error.message": "Fault exception msg" }],
  ])("is short for errors that nothing caught: %s", (text, fields) => {
    const message = `${text}\n${TRACEBACK.replaceAll("  ", "\u00a0\u00a0")}`;
    const parsed = { "log.level": "error", ...fields, "error.stack_trace": message.slice(text.length + 1) };
    expect(parse(`[ERROR] ${message}`)).toEqual({ fields: parsed, message });
    expect(parse(`[ERROR] ${message.replaceAll("\n", "\r")}\n`)).toEqual({ fields: parsed, message });
  });

  it("may have neither type nor message of an error", () => {
    expect(fieldsOf(`[ERROR]\r${TRACEBACK.replaceAll("\n", "\r")}\n`)).toEqual({
      ...{ "log.level": "error", "error.stack_trace": TRACEBACK },
    });
  });

  it.each(["[ERROR] something failed", "[ERROR]", "[note]\t2026-04-22T21:00:55.118Z\t\tx", "[1,2]"])(
    "is no other text: %j",
    (text) => {
      expect(parseLambda(text)).toBeUndefined();
    },
  );
});
