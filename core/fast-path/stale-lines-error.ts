import { PipelineError } from "../errors";

/**
 * Thrown when a record's encoded lines are used after the encoder's memory was given to other lines. Their bytes are gone: the
 * memory holds those of another record, or of other events of this one.
 */
export class StaleLinesError extends PipelineError {
  override readonly name = "StaleLinesError";

  /** @param record its position in the batch */
  constructor(record: number) {
    super(
      "STALE_LINES",
      `The encoded lines of record ${record} of the batch are stale: the encoder's memory holds other lines. ` +
        "Copy a record's lines before encoding more of it or opening another record.",
    );
  }
}
