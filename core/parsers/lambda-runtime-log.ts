import { parsedObject } from "../json/object";
import { putField } from "./field-path";
import { compileLayouts, type LaidOutMessage, parseByLayout } from "./layout";
import type { FieldTree, MessageParser, ParsedMessage } from "./parsed-message";
import { pythonError, pythonRuntimeError } from "./stack-trace";

const NODE = compileLayouts(["{time}\t{invocation}\t{level}\t"]);
const PYTHON = compileLayouts(["[{level}]\t{time}\t{invocation}\t"]);
const PYTHON_UNCAUGHT = compileLayouts(["[{level}] ", "[{level}]"]);
const TIMED_OUT = compileLayouts(["{time} {request} Task timed out after "]);
const EXITED = compileLayouts(["RequestId: {request} Error: "]);

/**
 * Parses what Node's runtime writes for `console.log`: time, request id, level and message, separated by tabs.
 * (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js)
 */
export const nodeLog: MessageParser = (message) => {
  const parsed = laidOut(NODE, message);
  if (parsed === undefined) return undefined;
  const error = nodeError(parsed.message);
  if (error) parsed.fields.error = error;
  return withJson(parsed);
};

/**
 * Parses what Python's runtime writes: `[LEVEL]`, time, request id and message, separated by tabs; without the three for an exception
 * that nothing caught. (aws-lambda-python-runtime-interface-client, awslambdaric/bootstrap.py)
 */
export const pythonLambdaLog: MessageParser = (message) => {
  const parsed = laidOut(PYTHON, message);
  if (parsed !== undefined) {
    const error = pythonError(parsed.message);
    if (error) parsed.fields.error = error;
    return withJson(parsed);
  }
  const uncaught = laidOut(PYTHON_UNCAUGHT, message);
  const error = uncaught && pythonRuntimeError(uncaught.message);
  return error && { ...uncaught, fields: { ...uncaught.fields, error } };
};

/** Parses what Lambda writes when a function took too long, or its process ended. */
export const lambdaFailure: MessageParser = (message) => {
  const timedOut = parseByLayout(TIMED_OUT, message);
  if (timedOut && /^\d{1,6}(\.\d\d)? seconds\s*$/.test(timedOut.message)) {
    putField(timedOut.fields, ["aws", "lambda", "status"], "timeout");
    putField(timedOut.fields, ["error", "message"], `Task timed out after ${timedOut.message.trim()}`);
    return { fields: timedOut.fields };
  }
  const exited = parseByLayout(EXITED, message);
  if (exited === undefined) return undefined;
  const [text, type] = exited.message.trim().split("\n", 2) as [string, string?];
  putField(exited.fields, ["error", "message"], text);
  if (type && /^[A-Z]\w{0,64}\.\w{1,64}$/.test(type)) putField(exited.fields, ["error", "type"], type);
  return { fields: exited.fields };
};

/** As `parseByLayout`. Where a runtime has no telemetry file descriptor, it writes `\r` for `\n`. */
function laidOut(layouts: typeof NODE, message: string): LaidOutMessage | undefined {
  const parsed = parseByLayout(layouts, message);
  if (parsed?.message.includes("\r") && !parsed.message.includes("\n")) {
    parsed.message = parsed.message.replaceAll("\r", "\n");
  }
  return parsed;
}

/** The message is an object's JSON: its members become fields. */
function withJson({ fields, message }: LaidOutMessage): ParsedMessage {
  return parsedObject(message) ? { fields, json: message } : { fields, message };
}

/** Before the JSON of an error: `Uncaught Exception`, `Invoke Error`, `Unhandled Promise Rejection`. */
const BEFORE_ERROR = /^[A-Z][A-Za-z ]{1,64}\t(?=\{"errorType":)/;

function nodeError(message: string): FieldTree | undefined {
  const [before] = BEFORE_ERROR.exec(message) ?? [];
  const error = before === undefined ? undefined : parsedObject(message.slice(before.length));
  if (error === undefined) return undefined;
  const { errorType, errorMessage, stack, trace } = error;
  const lines: unknown = stack ?? trace;
  return {
    ...textMember("type", errorType),
    ...textMember("message", errorMessage),
    ...textMember("stack_trace", Array.isArray(lines) && lines.filter((line) => typeof line === "string").join("\n")),
  };
}

const textMember = (name: string, value: unknown): FieldTree | false =>
  typeof value === "string" && value !== "" && { [name]: value };
