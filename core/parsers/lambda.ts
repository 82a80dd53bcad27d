import { parsedInSlots } from "./field-shape";
import { lambdaPlatformJson, PLATFORM_OBJECTS } from "./lambda-platform-json";
import { lambdaPlatformText } from "./lambda-platform-text";
import { exited, nodeLog, pythonLambdaLog, pythonUncaught, timedOut } from "./lambda-runtime-log";
import type { DescribedParser } from "./line-description";
import type { MessageParser } from "./parsed-message";

/** Parsers by the first character of the messages that they take. */
const PARSERS_BY_FIRST: readonly [first: RegExp, parsers: readonly DescribedParser[]][] = [
  [/^[A-Z]/, [lambdaPlatformText, exited]],
  [/^\{/, [lambdaPlatformJson]],
  [/^\[/, [pythonLambdaLog, pythonUncaught]],
  [/^\d/, [nodeLog, timedOut]],
];

/**
 * What the log group of a Lambda function has: Lambda's own lines, as text and as JSON, and the prefixes of Node's and Python's runtimes.
 * Messages in Lambda's log format JSON that a function writes are fields already, and stay as they are.
 *
 * A line begins with a digit (Node's time), `[` (Python's level), `{` (with `"platform.` in its first 100 characters), or a word in
 * capitals: START, END, REPORT, INIT_, RESTORE_, EXTENSION, TELEMETRY, LOGS, `RequestId: `.
 */
export const parseLambda: DescribedParser = Object.assign(
  (message: string) => first(message, (parser) => parser(message)),
  {
    inSlots: (message: string) => first(message, (parser) => parsedInSlots(parser, message)),
    knownObjects: PLATFORM_OBJECTS,
    layouts: PARSERS_BY_FIRST.flatMap(([, parsers]) => parsers.flatMap(({ layouts = [] }) => layouts)),
  },
);

/** @param parse by a parser; undefined: it does not know the message */
function first<T>(message: string, parse: (parser: MessageParser) => T | undefined): T | undefined {
  for (const [begin, parsers] of PARSERS_BY_FIRST) {
    if (!begin.test(message)) continue;
    for (const parser of parsers) {
      const parsed = parse(parser);
      if (parsed) return parsed;
    }
  }
  return undefined;
}
