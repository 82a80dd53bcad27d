"use strict";
// The runtime inside a function's process: loads the handler as Lambda's runtime does, and answers each event.
//
// Plain JavaScript, since the Node.js of the function's runtime runs it without a build.

const { join } = require("node:path");

const LOAD_ERRORS = { MODULE_NOT_FOUND: "Runtime.ImportModuleError", SyntaxError: "Runtime.UserCodeSyntaxError" };

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

function loadHandler() {
  // A file without its extension, and the handler's name in its exports, which may be nested.
  const [, file, name] = /^((?:.*\/)?[^./]+)\.([^/]+)$/.exec(process.env._HANDLER) ?? [];
  if (file === undefined) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  let exported;
  try {
    exported = require(join(process.env.LAMBDA_TASK_ROOT, file));
  } catch (error) {
    const errorType = LOAD_ERRORS[error?.code] ?? LOAD_ERRORS[error?.name];
    throw errorType ? new RuntimeError(errorType, String(error)) : error;
  }
  const found = name.split(".").reduce((parent, key) => parent?.[key], exported);
  if (typeof found === "function") return found;
  const problem = found === undefined ? "undefined or not exported" : "not a function";
  throw new RuntimeError("Runtime.HandlerNotFound", `${process.env._HANDLER} is ${problem}`);
}

function described(thrown) {
  const { name: errorType, message: errorMessage, stack = "" } = thrown instanceof Error ? thrown : new Error(thrown);
  return { errorType, errorMessage, trace: stack.split("\n") };
}

let handler;
let initError;
try {
  handler = loadHandler();
} catch (thrown) {
  initError = described(thrown);
}
process.send({ loaded: true, ...(initError && { error: initError }) });

process.on("message", async ({ event, context, deadline }) => {
  // The clock of instance.ts, which sets the deadline.
  const getRemainingTimeInMillis = () => deadline - Number(process.hrtime.bigint() / 1_000_000n);
  if (initError) return process.send({ functionError: "Unhandled", payload: initError });
  try {
    const payload = await handler(event, { ...context, getRemainingTimeInMillis });
    process.send({ payload: payload ?? null });
  } catch (thrown) {
    process.send({ functionError: "Unhandled", payload: described(thrown) });
  }
});
process.on("disconnect", () => process.exit());
