"use strict";
// Plain JavaScript: it runs on its own, by the Node.js of the function's runtime.
//
// The function's side: loads the handler as Lambda's runtime does, and answers each event that it is sent.

const { join } = require("node:path");

const [file, name] = process.env._HANDLER.split(".");
let handler;
let initError;
try {
  handler = require(join(process.env.LAMBDA_TASK_ROOT, file))[name];
} catch (error) {
  initError = error;
}

process.on("message", async ({ event, context, deadline }) => {
  const getRemainingTimeInMillis = () => deadline - Date.now();
  try {
    if (initError) throw initError;
    const payload = await handler(event, { ...context, getRemainingTimeInMillis });
    process.send({ payload: payload ?? null });
  } catch (error) {
    const { name: errorType, message: errorMessage, stack = "" } = error instanceof Error ? error : new Error(error);
    process.send({ functionError: "Unhandled", payload: { errorType, errorMessage, trace: stack.split("\n") } });
  }
});
process.on("disconnect", () => process.exit());
