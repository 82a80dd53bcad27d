import type { WriteStream } from "node:tty";
import { harmless } from "../tools/text/one-line";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import type { RowOutput } from "./sql/rows";

/** What a command of this room gets from its process. */
export interface QueryIo {
  env: Record<string, string | undefined>;
  /** Of events and rows alone. */
  output: RowOutput;
  errorOutput: Pick<WriteStream, "isTTY" | "columns" | "write">;
  /** Writes a line that is none of the output. */
  log(text: string): void;
  /** Ends the requests in flight. */
  signal: AbortSignal;
}

/** Runs a command, and ends the process with its exit code: 0, too, when whoever reads the output has ended, such as `head`. */
export function runProgram(program: (io: QueryIo) => Promise<number>): void {
  const { env, stdout, stderr } = process;
  const log = (text: string) => void stderr.write(`${harmless(text)}\n`);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  program({ env, output: stdout, errorOutput: stderr, log, signal: new AbortController().signal })
    .catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      log(error.message);
      return USAGE_EXIT_CODE;
    })
    // Connections that are kept alive would keep the process running for a while.
    .then((code) => process.exit(code));
}
