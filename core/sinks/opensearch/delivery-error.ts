import { PipelineError } from "../../errors";

/** Thrown when the search endpoint accepts nothing until somebody acts, or is unreachable. */
export class DeliveryError extends PipelineError {
  override readonly name = "DeliveryError";
}
