import { type ErrorCode, PipelineError } from "../../errors";

/** What becomes of the message of an object that cannot be read: of no other one. */
export type MessageOutcome =
  /** It stays in the queue, and is delivered again. */
  | "message retried"
  /** It is deleted; the quarantine names the object with the reason. */
  | "quarantined";

/** Thrown when an object, or the rest of it, cannot be read. What was read before it is right. */
export class SourceObjectError extends PipelineError {
  override readonly name = "SourceObjectError";

  /** @param reason short, without the object's name: of the same kind of failure always the same */
  constructor(
    code: ErrorCode,
    readonly outcome: MessageOutcome,
    readonly reason: string,
    advice = "",
  ) {
    super(code, `${reason}${advice && `. ${advice}`}`);
  }
}
