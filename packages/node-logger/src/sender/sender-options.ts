import { givenText } from "../line/short-text";
import type { LoggerWarning } from "./warnings";

/** How lines are buffered and sent. */
export interface SenderOptions {
  /** `true`: lines share records; `false`: each line is a record, as Firehose needs it on its way to search. @default true */
  pack?: boolean | undefined;
  /** Size up to which lines share a record, in bytes, 1,000 to 1,000,000. @default 25000, for which Kinesis charges once */
  recordBytes?: number | undefined;
  /** How records are compressed. @default "none" */
  compress?: "none" | "gzip" | undefined;
  /** How long a line waits for others, in seconds, 0.01 to 900. @default 1 */
  bufferSeconds?: number | undefined;
  /** How many bytes of lines are sent before that, 1,000 to 4,000,000. @default 1000000 */
  bufferBytes?: number | undefined;
  /** Maximum size of all lines in memory, in bytes, 1,000,000 to 4,000,000,000. @default 64000000 */
  memoryBytes?: number | undefined;
  /** File for what memory has no room for, and for what is left at the end. @default none: the oldest lines are dropped */
  spill?: string | undefined;
  /** Maximum size of the spill file, in bytes, 1,000,000 to 1e12. @default 1000000000 */
  spillBytes?: number | undefined;
  /** Maximum number of calls at the same time, 1 to 16. @default 2 */
  concurrency?: number | undefined;
  /** How long a call may take, in seconds, 0.1 to 300. @default 10 */
  requestSeconds?: number | undefined;
  /** How long `flush()`, `close()` and the end of the process wait, in seconds, 0 to 900. @default 5 */
  flushSeconds?: number | undefined;
  /** Whether lines are flushed when the process ends by itself, by SIGTERM or by SIGINT. @default true */
  flushAtExit?: boolean | undefined;
  /** Called with each warning. @default writes it to stderr */
  onWarning?: ((warning: LoggerWarning) => void) | undefined;
}

/** The options with their defaults. */
export type CompleteSenderOptions = {
  [Name in Exclude<keyof SenderOptions, "spill" | "onWarning">]-?: NonNullable<SenderOptions[Name]>;
} & Pick<SenderOptions, "spill" | "onWarning">;

/** By name: minimum, maximum, default. */
const NUMBERS = {
  recordBytes: [1_000, 1_000_000, 25_000],
  bufferSeconds: [0.01, 900, 1],
  bufferBytes: [1_000, 4_000_000, 1_000_000],
  memoryBytes: [1_000_000, 4_000_000_000, 64_000_000],
  spillBytes: [1_000_000, 1e12, 1_000_000_000],
  concurrency: [1, 16, 2],
  requestSeconds: [0.1, 300, 10],
  flushSeconds: [0, 900, 5],
} as const;

/** Thrown by the constructors, before anything is logged, with all that is wrong with the options. */
export class LoggerOptionsError extends Error {
  override name = "LoggerOptionsError";

  constructor(readonly problems: readonly string[]) {
    super(`aws-logging-pipeline-logger: ${problems.join("; ")}`);
  }
}

/**
 * Adds the defaults.
 *
 * @param problems gets a text for each option that is wrong
 */
export function completeSenderOptions(options: SenderOptions, problems: string[]): CompleteSenderOptions {
  const number = (name: keyof typeof NUMBERS): number => {
    const [min, max, byDefault] = NUMBERS[name];
    const value: unknown = options[name] ?? byDefault;
    const isAllowed = typeof value === "number" && value >= min && value <= max;
    if (isAllowed && (name !== "concurrency" || Number.isInteger(value))) return value;
    problems.push(
      `${name} is ${givenText(value)}; it can be ${name === "concurrency" ? "a whole number, " : ""}${min} to ${max}`,
    );
    return byDefault;
  };
  const oneOf = <T>(name: keyof SenderOptions, allowed: readonly T[], byDefault: T): T => {
    const value = (options[name] ?? byDefault) as T;
    if (!allowed.includes(value)) problems.push(`${name} is ${givenText(value)}; it can be ${allowed.join(" or ")}`);
    return value;
  };
  const { spill, onWarning } = options;
  if (spill !== undefined && (typeof spill !== "string" || spill === "")) {
    problems.push(`spill is ${givenText(spill)}; it can be the path of a file`);
  }
  if (onWarning !== undefined && typeof onWarning !== "function") {
    problems.push(`onWarning is ${givenText(onWarning)}; it can be a function`);
  }
  return {
    pack: oneOf("pack", [true, false], true),
    recordBytes: Math.floor(number("recordBytes")),
    compress: oneOf("compress", ["none", "gzip"], "none"),
    bufferSeconds: number("bufferSeconds"),
    bufferBytes: number("bufferBytes"),
    memoryBytes: number("memoryBytes"),
    spill,
    spillBytes: number("spillBytes"),
    concurrency: number("concurrency"),
    requestSeconds: number("requestSeconds"),
    flushSeconds: number("flushSeconds"),
    flushAtExit: oneOf("flushAtExit", [true, false], true),
    onWarning,
  };
}
