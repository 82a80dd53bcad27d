import type { WriteStream } from "node:tty";
import { logLine, runProgram } from "../tools/usage/run-program";
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

/** Runs a command, and ends the process with its exit code: 0, too, when whoever reads the output has ended. */
export function runQuery(program: (io: QueryIo) => Promise<number>): void {
  const { env, stdout, stderr } = process;
  const io = { env, output: stdout, errorOutput: stderr, log: logLine, signal: new AbortController().signal };
  runProgram(
    () => program(io),
    () => 0,
  );
}
