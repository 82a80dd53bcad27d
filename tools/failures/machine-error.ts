/** Thrown for something that this machine lacks or refuses: the message is all that a person needs. */
export class MachineError extends Error {
  override readonly name = "MachineError";

  /**
   * @param what a sentence: what was tried, and why it failed
   * @param advice what to do about it
   * @param output the last lines of the tool that failed
   */
  constructor(what: string, advice: string, output = "", options?: ErrorOptions) {
    super(`${what}\n${advice}${lastLines(output)}`, options);
  }
}

/** A tool's output as the end of a message, from a new line on. */
export function lastLines(output: string): string {
  return output && `\nIts last lines:\n${output.replace(/^(?=.)/gm, "  ")}`;
}
