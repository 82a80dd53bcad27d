import { PipelineError } from "../../core/errors";

/** Thrown when a run cannot list the indices, or has not deleted all that it should. Lambda runs it twice more. */
export class CleanUpError extends PipelineError {
  override readonly name = "CleanUpError";
}
