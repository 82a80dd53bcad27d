import { type ErrorCode, PipelineError } from "../../errors";

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
