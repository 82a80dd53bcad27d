import { parsedObject } from "../json/object";
import { textsOfColumns } from "./column-texts";
import { putField } from "./field-path";
import { slottedParser, treeOf } from "./field-shape";
import { compileLayouts, type LaidOutMessage, type Layouts, parseByLayout } from "./layout";
import type { DescribedParser } from "./line-description";
import type { MemberColumns } from "./member-columns";
import type { MessageParser } from "./parsed-message";
import { SpanOp } from "./span-ops";
import type { ReaderStep } from "./span-step";
import {
  errorSlots,
  type LoggedError,
  PYTHON_TRACEBACK,
  PYTHON_TYPE,
  putError,
  pythonError,
  pythonRuntimeError,
} from "./stack-trace";

/** Where a runtime has no telemetry file descriptor, it writes it for a line feed. */
const CARRIAGE_RETURN = "\r";

const NODE = compileLayouts(["{time}\t{invocation}\t{level}\t"]);
const PYTHON = compileLayouts(["[{level}]\t{time}\t{invocation}\t"]);
const PYTHON_UNCAUGHT = compileLayouts(["[{level}] ", "[{level}]"]);
const TIMED_OUT = compileLayouts(["{time} {request} {timeout}"]);
const EXITED = compileLayouts(["RequestId: {request} Error: "]);

/** Before the JSON of an error: `Uncaught Exception`, `Invoke Error`, `Unhandled Promise Rejection`. */
const BEFORE_ERROR = /^[A-Z][A-Za-z ]{1,64}\t(?=\{"errorType":)/;
/** What each of them has. */
const ERROR_JSON = '\t{"errorType"';
/** The columns of such an error: type, message and stack trace. */
const ERROR_MEMBERS: MemberColumns = {
  columns: [
    { path: "errorType", kind: "string", column: 0 },
    { path: "errorMessage", kind: "string", column: 1 },
    { path: "stack", kind: "strings", column: 2 },
    { path: "trace", kind: "strings", column: 2 },
  ],
};

/**
 * Parses what Node's runtime writes for `console.log`: time, request id, level and message, separated by tabs.
 * (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js)
 */
export const nodeLog = runtimeLog(NODE, nodeError, {
  ...{ op: SpanOp.jsonError, pattern: BEFORE_ERROR, prefix: ERROR_JSON, members: ERROR_MEMBERS },
});

/**
 * Parses what Python's runtime writes: `[LEVEL]`, time, request id and message, separated by tabs.
 * (aws-lambda-python-runtime-interface-client, awslambdaric/bootstrap.py)
 */
export const pythonLambdaLog = runtimeLog(PYTHON, pythonError, {
  ...{ op: SpanOp.pythonError, pattern: PYTHON_TYPE, prefix: PYTHON_TRACEBACK },
});

const UNCAUGHT_ERROR = errorSlots(PYTHON_UNCAUGHT.table.slotOf);

/** Parses what Python's runtime writes of an exception that nothing caught: without time and request id. */
export const pythonUncaught = slottedParser(
  (text) => {
    const parsed = laidOut(PYTHON_UNCAUGHT, text);
    const error = parsed && pythonRuntimeError(parsed.message);
    if (error === undefined) return undefined;
    const { values, message } = parsed!;
    putError(values, UNCAUGHT_ERROR, error);
    return { shape: PYTHON_UNCAUGHT.table.shape, values, message };
  },
  undefined,
  [
    {
      ...{ ...PYTHON_UNCAUGHT, message: "rest", without: [CARRIAGE_RETURN] },
      derived: [
        {
          ...{ op: SpanOp.pythonRuntimeError, slots: UNCAUGHT_ERROR },
          ...{ pattern: PYTHON_TYPE, prefix: PYTHON_TRACEBACK },
        },
      ],
    },
  ],
);

/** Parses what Lambda writes when a function took too long. */
export const timedOut = slottedParser(
  (text) => {
    const parsed = parseByLayout(TIMED_OUT, text);
    return parsed && { shape: TIMED_OUT.table.shape, values: parsed.values };
  },
  undefined,
  [{ ...TIMED_OUT, message: "kept" }],
);

/** Parses what Lambda writes when a function's process ended. */
export const exited: MessageParser = (message) => {
  const parsed = parseByLayout(EXITED, message);
  if (parsed === undefined) return undefined;
  const fields = treeOf(EXITED.table.shape, parsed.values);
  const [text, type] = parsed.message.trim().split("\n", 2) as [string, string?];
  putField(fields, ["error", "message"], text);
  if (type && /^[A-Z]\w{0,64}\.\w{1,64}$/.test(type)) putField(fields, ["error", "type"], type);
  return { fields };
};

/**
 * @param errorOf finds the error in a message that is no object
 * @param step what the WASM encoder does in its place
 */
function runtimeLog(
  layouts: Layouts,
  errorOf: (message: string) => LoggedError | undefined,
  step: ReaderStep,
): DescribedParser {
  const { shape, slotOf } = layouts.table;
  const slots = errorSlots(slotOf);
  return slottedParser(
    (text) => {
      const parsed = laidOut(layouts, text);
      if (parsed === undefined) return undefined;
      const { values, message } = parsed;
      // The members of an object become fields.
      if (parsedObject(message)) return { shape, values, json: message };
      putError(values, slots, errorOf(message));
      return { shape, values, message };
    },
    undefined,
    [{ ...layouts, message: "restOrMembers", without: [CARRIAGE_RETURN], derived: [{ ...step, slots }] }],
  );
}

/** As `parseByLayout`. */
function laidOut(layouts: Layouts, text: string): LaidOutMessage | undefined {
  const parsed = parseByLayout(layouts, text);
  if (parsed?.message.includes("\r") && !parsed.message.includes("\n")) {
    parsed.message = parsed.message.replaceAll("\r", "\n");
  }
  return parsed;
}

function nodeError(message: string): LoggedError | undefined {
  const [before] = BEFORE_ERROR.exec(message) ?? [];
  const error = before === undefined ? undefined : parsedObject(message.slice(before.length));
  if (error === undefined) return undefined;
  const [type, text, trace] = textsOfColumns(ERROR_MEMBERS, error);
  return { type: type || undefined, message: text || undefined, stack_trace: trace || undefined };
}
