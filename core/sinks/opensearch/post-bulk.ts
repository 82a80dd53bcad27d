import { CONNECTION_RULES } from "../../http/connection-rules";
import { failureReason } from "../../http/failure-reason";
import type { HttpResponse, Send } from "../../http/send";
import type { Failure, RetryIo } from "../../retry/retry";
import { classify } from "../../retry/rule";
import { BULK_PATH } from "./bulk-request";
import { DeliveryError } from "./delivery-error";
import type { DeliveryObserver } from "./delivery-observer";

export interface PostIo {
  send: Send;
  /** Named in errors. */
  endpoint: string;
  requestTimeoutMs: number;
  retry: Pick<RetryIo, "remainingMs">;
  observer: Pick<DeliveryObserver, "sent">;
}

/** A request that was not sent: the deadline has passed. */
export const NOT_SENT = { reason: "no time was left", outcome: "retried" } as const satisfies Failure;

/**
 * Sends one `_bulk` request.
 *
 * @returns the complete response, or the failure in its place
 * @throws DeliveryError when no request can succeed until somebody acts
 */
export async function postBulk(body: Buffer, io: PostIo): Promise<HttpResponse | Failure> {
  const timeoutMs = Math.min(io.requestTimeoutMs, io.retry.remainingMs());
  if (timeoutMs <= 0) return NOT_SENT;
  const headers = { "Content-Type": "application/x-ndjson" };
  io.observer.sent(body.length);
  try {
    return await io.send({ method: "POST", path: BULK_PATH, headers, body, timeoutMs });
  } catch (error) {
    const rule = classify(CONNECTION_RULES, error);
    const reason = failureReason(error);
    if (rule.outcome !== "returned to Lambda") return { ...rule, reason };
    throw new DeliveryError(rule.code, `${io.endpoint} cannot be reached: ${reason}. ${rule.advice}`);
  }
}
