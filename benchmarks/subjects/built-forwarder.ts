import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamHandler } from "aws-lambda";

/** Of an invocation. */
const TIMEOUT_MS = 60_000;

/**
 * Loads a built forwarder's index.js anew, because it reads its environment when it is loaded.
 *
 * @returns what invokes it, and throws unless all records are acknowledged
 */
export function loadForwarder(
  file: string,
  environment: Readonly<Record<string, string>>,
): (event: KinesisStreamEvent) => Promise<void> {
  Object.assign(process.env, environment);
  delete require.cache[require.resolve(file)];
  const { handler } = require(file) as { handler: KinesisStreamHandler };
  return async (event) => {
    const endMs = performance.now() + TIMEOUT_MS;
    const context = { getRemainingTimeInMillis: () => endMs - performance.now() } as Context;
    const { batchItemFailures } = (await handler(event, context, () => {})) as KinesisStreamBatchResponse;
    if (batchItemFailures.length > 0) throw new Error("the function has returned records to Lambda");
  };
}
