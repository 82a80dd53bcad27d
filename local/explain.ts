import { isNativeError } from "node:util/types";
import { lastLines, MachineError } from "../tools/failures/machine-error";
import { explainSystemError, explainSystemErrorIn } from "../tools/failures/system-error";
import { ProcessError } from "../tools/processes/process";
import { harmless } from "../tools/text/one-line";
import { USAGE_EXIT_CODE, UsageError } from "../tools/usage/usage-error";
import { InvalidLineError } from "./log-events/scan";
import { RunningPipelineError } from "./running";
import { PrerequisitesError } from "./start/prerequisites";
import { StepError } from "./start/steps";

export interface Explanation {
  /** For a person: what failed, why, and what to do; for an unexpected error its stack. Harmless to a terminal. */
  readonly message: string;
  /** 2 for usage errors, else 1. */
  readonly exitCode: 1 | 2;
}

/** Turns a thrown value into a message for a person, and an exit code. */
export function explain(thrown: unknown): Explanation {
  const error = thrown instanceof StepError ? thrown.cause : thrown;
  if (error instanceof UsageError) return { message: error.message, exitCode: USAGE_EXIT_CODE };
  return { message: harmless(messageOf(error)), exitCode: 1 };
}

const EXPECTED = [InvalidLineError, MachineError, PrerequisitesError, RunningPipelineError];

function messageOf(error: unknown): string {
  if (EXPECTED.some((type) => error instanceof type)) return (error as Error).message;
  if (error instanceof ProcessError) {
    const { command, how, output } = error;
    const reason = explainSystemErrorIn(`${how}\n${output}`);
    return `This command failed (${how}): ${command}${reason ? `\n${reason}` : ""}${lastLines(output)}`;
  }
  return explainSystemError(error) ?? (isNativeError(error) ? (error.stack ?? error.message) : String(error));
}
