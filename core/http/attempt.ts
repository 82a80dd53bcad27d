import { PipelineError } from "../errors";
import type { Failure, RetryIo } from "../retry/retry";
import { type Classified, classify } from "../retry/rule";
import { CONNECTION_RULES } from "./connection-rules";
import { failureReason } from "./failure-reason";
import type { HttpRequest, HttpResponse, Send } from "./send";

export interface AttemptIo {
  send: Send;
  requestTimeoutMs: number;
  retry: Pick<RetryIo, "remainingMs">;
}

/** A request that was not sent: the deadline has passed. */
export const NOT_SENT = { reason: "no time was left", outcome: "retried" } as const satisfies Failure;

/** Why a request has no complete response, and none until somebody acts. */
type Unanswerable = Classified<"returned to Lambda"> & { reason: string };

/**
 * Sends `request` once, with the time that is left before the deadline, but no longer than a request may take.
 *
 * @returns the complete response, or why there is none
 * @throws PipelineError of a sender that cannot send until somebody acts
 */
export async function attempt(
  request: Omit<HttpRequest, "timeoutMs">,
  io: AttemptIo,
): Promise<HttpResponse | Failure | Unanswerable> {
  const timeoutMs = Math.min(io.requestTimeoutMs, io.retry.remainingMs());
  if (timeoutMs <= 0) return NOT_SENT;
  try {
    return await io.send({ ...request, timeoutMs });
  } catch (error) {
    // It says itself what to do: the sender has no credentials.
    if (error instanceof PipelineError) throw error;
    return { ...classify(CONNECTION_RULES, error), reason: failureReason(error) };
  }
}
