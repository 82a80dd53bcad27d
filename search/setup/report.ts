import type { SetupArguments } from "../arguments/setup-arguments";
import type { SetupOutcome, SetupResult } from "./run";

type Mode = SetupArguments["mode"];

/** Exit codes of `setup` and `check`; 2 is that of usage errors. */
export const SETUP_EXIT = { complete: 0, incomplete: 1 } as const;

/** Of a run that changes nothing. */
const PLANNED: Partial<Record<SetupOutcome, string>> = { created: "missing", updated: "differs" };

/**
 * Returns a line for each thing, and indented below it its diff or why. What failed for one reason, such as an engine that does
 * not answer, has it once, below the last.
 */
export function setupReport(results: readonly SetupResult[], mode: Mode): string {
  const words = results.map(({ outcome }) => (mode === "write" ? outcome : (PLANNED[outcome] ?? outcome)));
  const width = Math.max(...words.map((word) => word.length));
  const indent = " ".repeat(width + 2);
  return results
    .flatMap(({ title, lines }, i) => [
      `${words[i]!.padEnd(width)}  ${title}`,
      ...(isSaidBelow(results, i) ? [] : lines.map((line) => `${indent}${line}`)),
    ])
    .join("\n");
}

function isSaidBelow(results: readonly SetupResult[], i: number): boolean {
  const [{ outcome, lines }, next] = [results[i]!, results[i + 1]];
  return outcome === "failed" && next?.outcome === "failed" && lines.join() === next.lines.join();
}

const INCOMPLETE: readonly SetupOutcome[] = ["foreign", "failed"];
const DIFFERENT: readonly SetupOutcome[] = ["created", "updated"];

/** 1 for what could not be done, and for what differs in a check; a dry run only shows it. */
export function setupExitCode(results: readonly SetupResult[], mode: Mode): number {
  const isIncomplete = results.some(
    ({ outcome }) => INCOMPLETE.includes(outcome) || (mode === "check" && DIFFERENT.includes(outcome)),
  );
  return isIncomplete ? SETUP_EXIT.incomplete : SETUP_EXIT.complete;
}
