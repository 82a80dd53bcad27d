import { isNativeError } from "node:util/types";
import { OptionsError } from "../options";
import { PrerequisitesError } from "../prerequisites";
import { ProcessError } from "../processes/process";
import { StepError } from "../steps";
import { EnvironmentError, lastLines } from "./environment-error";
import { explainSystemError, explainSystemErrorIn } from "./system-error";

export interface Explanation {
  /** For a person: what was tried, why it failed, what to do. With its stack for an error that nobody expects. */
  readonly message: string;
  /** 2 for options that cannot be used, else 1. */
  readonly exitCode: 1 | 2;
}

/** Turns whatever ended a start into what a person is told. */
export function explain(thrown: unknown): Explanation {
  const error = thrown instanceof StepError ? thrown.cause : thrown;
  if (error instanceof OptionsError) return { message: error.message, exitCode: 2 };
  return { message: messageOf(error), exitCode: 1 };
}

function messageOf(error: unknown): string {
  if (error instanceof EnvironmentError || error instanceof PrerequisitesError) return error.message;
  if (error instanceof ProcessError) {
    const { command, how, output } = error;
    const reason = explainSystemErrorIn(`${how}\n${output}`);
    return `This command failed (${how}): ${command}${reason ? `\n${reason}` : ""}${lastLines(output)}`;
  }
  return explainSystemError(error) ?? (isNativeError(error) ? (error.stack ?? error.message) : String(error));
}
