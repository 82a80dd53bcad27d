import { PipelineError } from "../errors";

/** Thrown when objects of the archive are not compacted. Each line stays where it was. */
export class CompactionError extends PipelineError {
  override readonly name = "CompactionError";
}
