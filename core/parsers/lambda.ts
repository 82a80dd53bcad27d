import { lambdaPlatformJson } from "./lambda-platform-json";
import { lambdaPlatformText } from "./lambda-platform-text";
import { lambdaFailure, nodeLog, pythonLambdaLog } from "./lambda-runtime-log";
import type { MessageParser } from "./parsed-message";

/** Parsers by the first character of the messages that they take. */
const PARSERS_BY_FIRST: readonly [first: RegExp, parsers: readonly MessageParser[]][] = [
  [/^[A-Z]/, [lambdaPlatformText, lambdaFailure]],
  [/^\{/, [lambdaPlatformJson]],
  [/^\[/, [pythonLambdaLog]],
  [/^\d/, [nodeLog, lambdaFailure]],
];

/**
 * What the log group of a Lambda function has: Lambda's own lines, as text and as JSON, and the prefixes of Node's and Python's runtimes.
 * Messages in Lambda's log format JSON that a function writes are fields already, and stay as they are.
 *
 * A line begins with a digit (Node's time), `[` (Python's level), `{` (with `"platform.` in its first 100 characters), or a word in
 * capitals: START, END, REPORT, INIT_, RESTORE_, EXTENSION, TELEMETRY, LOGS, `RequestId: `.
 */
export const parseLambda: MessageParser = (message) => {
  for (const [first, parsers] of PARSERS_BY_FIRST) {
    if (!first.test(message)) continue;
    for (const parse of parsers) {
      const parsed = parse(message);
      if (parsed) return parsed;
    }
  }
  return undefined;
};
