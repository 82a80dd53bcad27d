import { stackOf } from "./error-members";
import { isError } from "./is-error";
import type { LevelName } from "./levels";
import type { LogEntry } from "./line-writer";
import { readMember, readMembers } from "./read-member";

/** Winston's keys of the level that no format has changed, and of what was logged beside the message. Source: triple-beam. */
const LEVEL = Symbol.for("level");
const SPLAT = Symbol.for("splat");

/** Winston's levels that are none of this library's: they come after info, before debug, and last. Source: triple-beam, `configs.npm`. */
const LEVELS: Readonly<Record<string, LevelName>> = { http: "debug", verbose: "debug", silly: "trace" };

/** What a line's error is, and where it was. */
interface FoundError {
  error: NonNullable<LogEntry["error"]>;
  /** The field that it was. */
  except?: string;
}

/** Returns what is to be written of what winston has made of a line: an object, or the error itself if only one was logged. Never throws. */
export function winstonEntry(info: object): LogEntry {
  const { level: shown, message: said, timestamp, stack, ...fields } = readMembers(info);
  const level = textOf(readMember(info, LEVEL)) ?? textOf(readMember(info, "level")) ?? "info";
  const message = readMember(info, "message");
  const isTime = typeof timestamp === "string" && ISO_TIME.test(timestamp);
  const found = errorIn(info, message, fields);
  const byStack = found || typeof stack !== "string" ? undefined : { error: errorOfStack(stack) };
  return {
    time: isTime ? timestamp : Date.now(),
    level: LEVELS[level] ?? level,
    message: textOf(isError(message) ? readMember(message, "message") : message),
    fields: {
      ...fields,
      ...(message !== undefined && typeof message !== "string" && !isError(message) && { message }),
      ...(timestamp !== undefined && !isTime && { timestamp }),
      ...(stack !== undefined && !found && !byStack && { stack }),
    },
    ...(found ?? byStack),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function errorIn(info: object, message: unknown, fields: Record<string, unknown>): FoundError | undefined {
  if (isError(message)) return { error: message };
  const except = ["error", "err"].find((name) => isError(fields[name]));
  if (except !== undefined) return { error: fields[except] as Error, except };
  const splat = readMember(info, SPLAT);
  const error = [info, ...(Array.isArray(splat) ? splat : [])].find(isError);
  // Winston has made fields of its other members.
  return (
    error && {
      error: { type: readMember(error, "name"), message: readMember(error, "message"), stack: stackOf(error) },
    }
  );
}

/** Reads what winston's format `errors` leaves of an error. */
function errorOfStack(stack: string): object {
  const [, type, message = type && ""] = STACK_HEAD.exec(stack) ?? [];
  return { type, message, stack };
}

/** ISO 8601 with a zone, as winston's `timestamp()` writes it. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A stack's type and message, which come before its first place: `TypeError: …\n    at …`. */
const STACK_HEAD = /^([A-Za-z_$][\w$]{0,99})(?:: ([\s\S]{0,10000}?)(?:\n {4}at |$)|\n {4}at )/;
