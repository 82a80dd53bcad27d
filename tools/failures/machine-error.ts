/** Thrown for a problem of this machine, such as a missing tool or a full disk. Its message needs no stack trace. */
export class MachineError extends Error {
  override readonly name = "MachineError";

  /**
   * @param what a sentence: what failed, and why
   * @param advice how to fix it
   * @param output last lines of the tool that failed
   */
  constructor(what: string, advice: string, output = "", options?: ErrorOptions) {
    super(`${what}\n${advice}${lastLines(output)}`, options);
  }
}

/** Formats a tool's output as the end of a message. */
export function lastLines(output: string): string {
  return output && `\nIts last lines:\n${output.replace(/^(?=.)/gm, "  ")}`;
}
