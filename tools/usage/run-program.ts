import { harmless } from "../text/one-line";
import { USAGE_EXIT_CODE, UsageError } from "./usage-error";

/** Writes a line that is none of the output. */
export const logLine = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);

/**
 * Runs a command, and ends the process with its exit code.
 *
 * @param program throws UsageError when it cannot begin
 * @param unreadExitCode of when whoever reads the output has ended, such as `head`
 */
export function runProgram(program: () => Promise<number>, unreadExitCode: () => number): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(unreadExitCode());
  });
  (async () => program())()
    .catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      logLine(error.message);
      return USAGE_EXIT_CODE;
    })
    // Connections that are kept alive would keep the process running for a while.
    .then(async (code) => {
      await Promise.all([process.stdout, process.stderr].map(written));
      process.exit(code);
    });
}

/** Resolves when a slow reader has taken all that was written: `process.exit` would drop the rest. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write("", () => resolve());
  });
