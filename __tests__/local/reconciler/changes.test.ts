import { ENVIRONMENT } from "../../../core/settings/environment";
import type { FunctionConfiguration } from "../../../local/lambda/configuration";
import { functionChanges, loadProblem, mappingChanges } from "../../../local/reconciler/changes";
import { settings } from "../event-source-mapping/kinesis/factories";

const configuration = (changes: Partial<FunctionConfiguration> = {}): FunctionConfiguration => ({
  name: "logging-pipeline_foo",
  roleArn: "arn:aws:iam::123456789012:role/forwarder",
  handler: "index.handler",
  environment: {},
  timeoutSeconds: 120,
  memoryMib: 512,
  codeSha256: "a",
  ...changes,
});

describe("mappingChanges", () => {
  it("returns nothing without a change", () => {
    expect(mappingChanges(settings(), settings())).toEqual([]);
  });

  it("returns each change with the old and the new value", () => {
    const after = settings({
      functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:other",
      batchSize: 10,
      maximumBatchingWindowSeconds: 1,
      parallelizationFactor: 2,
      maximumRetryAttempts: 3,
      maximumRecordAgeSeconds: 60,
      bisectBatchOnFunctionError: true,
      reportBatchItemFailures: false,
      onFailureBucket: "archive",
    });
    expect(mappingChanges(settings(), after)).toEqual([
      "function logging-pipeline_foo → other",
      "batch size 100 → 10",
      "batching window 0 s → 1 s",
      "parallelization factor 1 → 2",
      "maximum retry attempts no limit → 3",
      "maximum record age no limit → 60 s",
      "bisect batch on function error off → on",
      "report batch item failures on → off",
      "on-failure destination none → archive",
    ]);
  });
});

describe("functionChanges", () => {
  it("returns each change with the old and the new value", () => {
    const after = configuration({
      handler: "main.handler",
      timeoutSeconds: 60,
      memoryMib: 256,
      codeSha256: "b",
      roleArn: "arn:aws:iam::123456789012:role/path/other",
    });
    expect(functionChanges(configuration(), after)).toEqual([
      "function memory 512 MiB → 256 MiB",
      "function timeout 120 s → 60 s",
      "function handler index.handler → main.handler",
      "function role forwarder → other",
      "function code changed",
    ]);
  });

  it("shows values of the forwarder's variables, and of no others", () => {
    const before = configuration({ environment: { INDEX_PREFIX: "cwl-", TIME_FIELD: "at", PASSWORD: "one" } });
    const after = configuration({
      environment: { INDEX_PREFIX: "x-", BULK_REQUESTS: "4", PASSWORD: "two", SEARCH_ENDPOINT: "https://user:pw@host" },
    });
    expect(functionChanges(before, after)).toEqual([
      'BULK_REQUESTS not set → "4"',
      'INDEX_PREFIX "cwl-" → "x-"',
      "PASSWORD changed",
      "SEARCH_ENDPOINT changed",
      'TIME_FIELD "at" → not set',
    ]);
  });

  it("tells the value of each variable of the forwarder but of those that may hold a password", () => {
    const environment = Object.fromEntries(Object.keys(ENVIRONMENT).map((name) => [name, "x"]));
    const nameOnly = functionChanges(configuration(), configuration({ environment })).filter(
      (line) => !line.endsWith('not set → "x"'),
    );
    expect(nameOnly).toEqual([
      "AWS_ENDPOINT_URL_KINESIS changed",
      "AWS_ENDPOINT_URL_S3 changed",
      "AWS_ENDPOINT_URL_SECRETS_MANAGER changed",
      "SEARCH_ENDPOINT changed",
    ]);
  });
});

describe("functionChanges of values that control a terminal", () => {
  it("escapes control characters", () => {
    const after = configuration({ environment: { INDEX_PREFIX: "a\u001b\u202e\u009b" } });
    expect(functionChanges(configuration(), after)).toEqual([String.raw`INDEX_PREFIX not set → "a\u001b\u202e\u009b"`]);
  });
});

describe("loadProblem", () => {
  it("has the form of a handler when the handler cannot be found", () => {
    const error = { errorType: "Runtime.HandlerNotFound", errorMessage: "index.nope is undefined or not exported" };
    expect(loadProblem(error, "index.nope")).toBe(
      "the function cannot be loaded (Runtime.HandlerNotFound: index.nope is undefined or not exported); its handler is " +
        "index.nope, expected <file>.<export> such as index.handler. Its records are retried until another terraform " +
        "apply fixes it; other functions are not affected.",
    );
  });

  it("has only the function's own error for any other", () => {
    const error = { errorType: "Error", errorMessage: "SEARCH_ENDPOINT is not set" };
    expect(loadProblem(error, "index.handler")).toMatch(
      /^the function cannot be loaded \(Error: SEARCH_ENDPOINT is not set\)\. Its/,
    );
  });

  it("has the function's error on one line that is harmless to a terminal", () => {
    const error = { errorType: "Error", errorMessage: "a\u001b[2J\u202e\n\u009bb" };
    expect(loadProblem(error, "index.handler")).toMatch(
      /^the function cannot be loaded \(Error: a\ufffd \ufffdb\)\. Its/,
    );
  });
});
