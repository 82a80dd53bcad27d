import { PipelineError } from "../../core/errors";

/** Thrown when a run has not compared all that it should: nothing is said of the rest. */
export class AuditError extends PipelineError {
  override readonly name = "AuditError";
}
