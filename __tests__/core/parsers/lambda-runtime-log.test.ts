import { parseLambda } from "../../../core/parsers/lambda";
import { parsedFlat } from "../../support/flat-fields";

const parse = (line: string) => parsedFlat(parseLambda, line);
const fieldsOf = (line: string) => parse(line)?.fields;

const ID = "f08bb4c8-d6b2-4f05-ac17-af7e2ba005fb";

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

  it("has no error of what an object has in its texts", () => {
    const json = '{"exception":"Traceback (most recent call last):\\nValueError: a"}';
    expect(parse(`[ERROR]\t2026-04-22T21:00:55.118Z\t${ID}\t${json}\n`)).toEqual({
      fields: { "log.level": "error", "faas.execution": ID },
      json,
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
