import { flushAll } from "./sender/process-end";

/** A Lambda function's context, of which only the time is used. */
interface LambdaContext {
  getRemainingTimeInMillis?(): number;
}

/** Left for Lambda to end an invocation, in seconds. */
const MARGIN_SECONDS = 0.5;

/**
 * Wraps a Lambda function's handler, so that each invocation ends after its lines were sent: Lambda freezes the process when a handler
 * has returned, or failed.
 *
 * @param handler asynchronous
 * @param seconds how long to wait, at most half a second less than the invocation has left. @default each logger's `flushSeconds`
 */
export function flushing<Event, Context extends LambdaContext, Result>(
  handler: (event: Event, context: Context) => Promise<Result> | Result,
  seconds?: number,
): (event: Event, context: Context) => Promise<Result> {
  return async (event, context) => {
    try {
      return await handler(event, context);
    } finally {
      await flushAll(secondsOf(context, seconds));
    }
  };
}

function secondsOf(context: LambdaContext | undefined, seconds: number | undefined): number | undefined {
  const left = context?.getRemainingTimeInMillis?.();
  if (left === undefined) return seconds;
  return Math.max(0, Math.min(seconds ?? MAX_SECONDS, left / 1000 - MARGIN_SECONDS));
}

/** The default of `flushSeconds`. */
const MAX_SECONDS = 5;
