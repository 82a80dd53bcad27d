import { harmless, oneLine } from "../tools/text/one-line";

/** How an invocation of a function ended. */
export interface LoggedInvocation {
  /** The function's report, or its error, in one line. */
  readonly text: string;
  /** Details below that line: the function's other output, and the stack of its error. */
  readonly details: readonly string[];
  /** Whether records of it are retried: the next invocation may be of those. */
  readonly isRetried: boolean;
}

/** Precedes the error of an invocation, or of its event source mapping, in a function's log. */
const ERROR = "ERROR ";

/** A frame of Node.js itself, such as its loader's. */
const NODE_FRAME = /^ +at .*\bnode:internal\//;

/** Finds the first invocation that has ended, in the lines of its function's log; undefined until one has. */
export function invocationIn(lines: readonly string[]): LoggedInvocation | undefined {
  const end = lines.findIndex((line) => line.startsWith(ERROR) || reportOf(line) !== undefined);
  if (end < 0) return undefined;
  const written = lines.slice(0, end).map((line) => harmless(line));
  const report = reportOf(lines[end]!);
  if (report) return { text: JSON.stringify(report), details: written, isRetried: "UnprocessedRecords" in report };
  const { text, stack } = errorOf(lines[end]!.slice(ERROR.length));
  return { text, details: [...written, ...stack], isRetried: true };
}

/** Returns the members of an invocation's line without `_aws` and metrics of 0; undefined for any other line. */
function reportOf(line: string): Record<string, unknown> | undefined {
  const value = objectIn(line);
  if (!value) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([key, member]) => key !== "_aws" && member !== 0));
}

function errorOf(text: string): { text: string; stack: readonly string[] } {
  const error = objectIn(text);
  if (!error) return { text: oneLine(text), stack: [] };
  const { errorType, errorMessage, trace } = error;
  // The first line repeats type and message.
  const lines: readonly unknown[] = Array.isArray(trace) ? trace.slice(1) : [];
  const stack = lines.map((line) => harmless(String(line))).filter((line) => !NODE_FRAME.test(line));
  return { text: oneLine(`${errorType}: ${errorMessage}`), stack };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
