import { PipelineError } from "../core/errors";

/** Thrown at synth when props are invalid. It lists every validation error, so that all can be corrected together. */
export class LoggingPipelineError extends PipelineError {
  override readonly name = "LoggingPipelineError";

  /**
   * @param path of the construct, such as `my-stack/logs`
   * @param errors one sentence each: what was given, what is allowed
   */
  constructor(
    path: string,
    readonly errors: readonly string[],
  ) {
    super("INVALID_PROPS", `${path} cannot be synthesized:\n${errors.map((error) => `  - ${error}`).join("\n")}`);
  }
}
