import { isError } from "./line/is-error";
import type { LogEntry } from "./line/line-writer";
import { readMember } from "./line/read-member";
import { shortText } from "./line/short-text";

/** What is passed to a method that logs. */
export type Said =
  | [message: string, fieldsOrError?: unknown]
  | [error: Error, message?: string]
  | [fields: object, message?: string];

/** Names of a field that holds an error. */
const ERROR_FIELDS = ["error", "err"] as const;

/** Returns the message, the fields and the error among what was logged, whatever it is. */
export function entryOf(said: readonly unknown[]): Pick<LogEntry, "message" | "fields" | "error" | "except"> {
  const [first, second] = said;
  const [message, other] = typeof first === "string" ? [first, second] : [textOf(second), first];
  if (isError(other)) return { message: message ?? textOf(readMember(other, "message")), error: other };
  if (typeof other !== "object" || other === null) {
    return { message: message ?? (other === undefined ? undefined : shortText(other)) };
  }
  const name = ERROR_FIELDS.find((field) => isError(readMember(other, field)));
  if (name) return { message, fields: other, error: readMember(other, name) as Error, except: name };
  if (message !== undefined) return { message, fields: other };
  const own = readMember(other, "message");
  return typeof own === "string" ? { message: own, fields: other, except: "message" } : { message, fields: other };
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
