import { isError } from "./is-error";
import type { JsonText } from "./json-text";
import type { LineShape } from "./line-source";
import { shortText } from "./short-text";

/** Maximum number of errors that are each the `cause` of the one before. */
const MAX_CAUSES = 10;

/** Members that are written otherwise. */
const STANDARD = new Set(["name", "type", "message", "stack", "cause"]);

/**
 * Writes an error as members of a line: type, message and stack, to which the stacks of its causes are added, and under `error.` what
 * else it has, such as `code`.
 *
 * @param used names of the line's other members, to which these are added
 */
export function errorMembers(json: JsonText, error: object, { names, reserved }: LineShape, used: Set<string>): string {
  let text = json.member(names.errorType, json.read(error, isError(error) ? "name" : "type"));
  text += json.member(names.errorMessage, json.read(error, "message"));
  text += json.member(names.errorStack, isError(error) ? stackOf(error) : json.read(error, "stack"));
  for (const own of json.names(error)) {
    if (STANDARD.has(own)) continue;
    let name = `error.${own}`;
    while (reserved.has(name) || used.has(name)) name += "_";
    used.add(name);
    text += json.member(name, json.read(error, own));
  }
  return text;
}

/** Returns an error's stack, to which the stacks of its causes are added. Never throws. */
export function stackOf(error: Error): string | undefined {
  try {
    let text = error.stack;
    let { cause } = error;
    for (let i = 0; i < MAX_CAUSES && cause !== undefined; i++) {
      text += `\nCaused by: ${isError(cause) ? cause.stack : shortText(cause)}`;
      cause = isError(cause) ? cause.cause : undefined;
    }
    return text;
  } catch (thrown) {
    return `[throws ${shortText(thrown)}]`;
  }
}
