/** Thrown at synth, once, with everything that is wrong with the given props. */
export class LoggingPipelineError extends Error {
  override readonly name = "LoggingPipelineError";

  /**
   * @param path of the construct whose props are wrong, such as `my-stack/logs`
   * @param mistakes one sentence each: what was given, what is allowed
   */
  constructor(
    path: string,
    readonly mistakes: readonly string[],
  ) {
    super(`${path} cannot be synthesized:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`);
  }
}
