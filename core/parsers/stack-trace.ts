import type { SlotOf } from "./field-shape";
import type { SlotValues } from "./parsed-message";

/** The members of ECS's `error`. */
export interface LoggedError {
  type?: string | undefined;
  message?: string | undefined;
  stack_trace?: string | undefined;
}

/** Returns the slots of the members of `error`. */
export const errorSlots = (slotOf: SlotOf): readonly number[] =>
  ["error.type", "error.message", "error.stack_trace"].map((path) => slotOf(path));

/** @param slots of `errorSlots` */
export function putError(values: SlotValues, slots: readonly number[], error: LoggedError | undefined): void {
  if (error === undefined) return;
  for (const [i, text] of [error.type, error.message, error.stack_trace].entries()) {
    if (text !== undefined) values[slots[i]!] = text;
  }
}

export const PYTHON_TRACEBACK = "Traceback (most recent call last):";
const FRAME = "\n\tat ";

/** `java.lang.IllegalStateException`: a class in a package. */
export const JAVA_TYPE = /(?:[\w$]{1,64}\.){1,16}[\w$]{1,128}(?=: |[\r\n])/y;
/** `ValueError`, `botocore.exceptions.ClientError`. */
export const PYTHON_TYPE = /[A-Za-z_][\w.]{0,255}(?=: |[\r\n]|$)/y;

/**
 * Returns ECS's `error` for the exception that a logger of Java wrote behind a message: the outermost one, not its causes.
 *
 * @param text a message, whose exception begins on a line of its own
 * @returns undefined: there is none
 */
export function javaError(text: string): LoggedError | undefined {
  const end = text.indexOf(FRAME);
  if (end < 0) return undefined;
  for (let line = nextLine(text, 0); line > 0 && line < end; line = nextLine(text, line)) {
    const type = matchAt(JAVA_TYPE, text, line);
    if (type !== undefined) return errorOf(type, text.slice(line + type.length, end), text.slice(line));
  }
  return undefined;
}

/** As `javaError`, for a traceback of Python: the exception that is raised in the end, whose line is behind the frames. */
export function pythonError(text: string): LoggedError | undefined {
  const first = text.indexOf(PYTHON_TRACEBACK);
  if (first < 0) return undefined;
  const trace = text.slice(first);
  const last = text.lastIndexOf(PYTHON_TRACEBACK);
  for (let line = nextLine(text, last); line > 0; line = nextLine(text, line)) {
    const type = matchAt(PYTHON_TYPE, text, line);
    if (type !== undefined) return errorOf(type, text.slice(line + type.length), trace);
  }
  return { stack_trace: trace };
}

/**
 * As `pythonError`, for what Lambda's runtime writes of an exception that nothing caught: `Type: message`, and only the frames behind it.
 *
 * @returns undefined: `text` has no traceback
 */
export function pythonRuntimeError(text: string): LoggedError | undefined {
  const break_ = text.indexOf(`\n${PYTHON_TRACEBACK}`);
  if (break_ < 0) return undefined;
  const type = matchAt(PYTHON_TYPE, text, 0);
  const raised = type === undefined ? pythonError(text) : undefined;
  if (raised?.type !== undefined) return raised;
  return errorOf(type, text.slice(type?.length ?? 0, break_), text.slice(break_ + 1));
}

/** @param rest what is behind the type: `: message`, or nothing */
function errorOf(type: string | undefined, rest: string, trace: string): LoggedError {
  const message = rest.replace(/^: /, "").trim();
  return { type, message: message || undefined, stack_trace: trace };
}

/** Returns where the line behind that of `at` begins, 0 if there is none. */
const nextLine = (text: string, at: number) => text.indexOf("\n", at) + 1;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
