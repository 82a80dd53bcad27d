import { type ErrorCode, PipelineError } from "../../errors";
import type { Classified } from "../../retry/rule";

/** Thrown when the search endpoint accepts nothing until somebody acts, or is unreachable. */
export class DeliveryError extends PipelineError {
  override readonly name = "DeliveryError";
}

/** The error for an endpoint that accepts no connection. */
export function unreachable(
  endpoint: string,
  { code, reason, advice }: { code: ErrorCode; reason: string; advice: string },
): DeliveryError {
  return new DeliveryError(code, `${endpoint} cannot be reached: ${reason}. ${advice}`);
}

/**
 * The error for an endpoint that accepts no request.
 *
 * @param kind status and type; no other text of a response, because it may repeat the request
 * @param denial AWS's own message, or ""
 */
export function requestDenied(
  endpoint: string,
  kind: string,
  denial: string,
  { code, advice }: Classified<"returned to Lambda">,
): DeliveryError {
  const said = denial && ` AWS said: ${denial}`;
  return new DeliveryError(code, `${endpoint} answered ${kind} to _bulk. ${advice}${said}`);
}
