import type { Readable } from "node:stream";
import { ValidationErrors } from "../tools/usage/validation-errors";
import { type InspectedAccessLog, inspectAccessLogs } from "./access-logs/inspect";
import { type FileOptions, inspectFiles, openInputs } from "./log-events/files";
import { generateLines } from "./log-events/generate";
import { pairInputs, type ReadableInput } from "./log-events/inputs";
import type { LineSource } from "./log-events/line";
import { Spool } from "./log-events/spool";
import { logGroupErrors } from "./terraform/log-groups";

/** How many lines are generated beside the classic three. */
const GENERATED_LINES = 3_000;

/** Options that select lines and their log groups, as on the command line. */
export interface GivenLines {
  /** `-` is standard input. */
  readonly file?: readonly string[];
  readonly logGroup?: readonly string[];
  readonly skipInvalidLines?: boolean;
  readonly timeField?: string;
}

/** The option that selects access logs, as on the command line: files and folders. */
export interface GivenAccessLogs {
  readonly accessLogs?: readonly string[];
}

/** The options of `npm start`, as on the command line. */
export interface GivenStartOptions extends GivenLines, GivenAccessLogs {
  readonly searchEndpoint?: string;
  readonly emulatorPort?: number;
  readonly searchPort?: number;
  readonly exit?: boolean;
  /** False with `--no-page`. */
  readonly page?: boolean;
  readonly lanes?: "all";
}

export interface StartOptions {
  readonly lines: LineSource;
  /** Files of access logs. */
  readonly accessLogs: readonly InspectedAccessLog[];
  /** Whether the lanes of Firehose run, too. */
  readonly withFirehose: boolean;
  /** Log groups that are added to the pipeline for these lines. */
  readonly newLogGroups: readonly string[];
  /** Undefined: OpenSearch is started. */
  readonly searchEndpoint: string | undefined;
  /** 1 to 65,535; undefined: a free one. */
  readonly emulatorPort: number | undefined;
  /** OpenSearch's, likewise. */
  readonly searchPort: number | undefined;
  /** Printed before anything starts. */
  readonly note: string | undefined;
  readonly exit: boolean;
}

export interface StartOptionsIo {
  /** Those of the command line; further ones are added. @default none */
  readonly errors?: ValidationErrors;
  /** Called with the progress when reading takes long. */
  say?(text: string): void;
  /** @default the process's own */
  readonly stdin?: Readable;
}

/**
 * Validates the options of `npm start`, and reads standard input and pipes to their end.
 *
 * @param logGroups those that the pipeline delivers in any case; the first gets lines that no other is named for
 * @param now milliseconds since the epoch: the time of the put
 * @throws UsageError listing every validation error
 */
export async function startOptions(
  given: GivenStartOptions,
  logGroups: readonly string[],
  now: number,
  { errors = new ValidationErrors(), say = () => {}, stdin }: StartOptionsIo = {},
): Promise<StartOptions> {
  const { file: files = [], logGroup: named = [], searchEndpoint, emulatorPort, searchPort, exit = false } = given;
  const newLogGroups = [...new Set(named)].filter((name) => !logGroups.includes(name));
  errors.add(...newLogGroups.flatMap(logGroupErrors), ...lineErrors(given));
  if (emulatorPort !== undefined && emulatorPort === searchPort) {
    errors.add(`--emulator-port and --search-port are both ${searchPort}. Allowed: two different ports.`);
  }
  const { files: accessLogs, errors: wrongLogs } = await inspectAccessLogs(given.accessLogs ?? []);
  errors.add(...wrongLogs);
  const { inputs, errors: wrongPairs } = pairInputs(files, named, logGroups[0]!);
  const opened = await openInputs(inputs, stdin);
  errors.add(...wrongPairs, ...opened.errors);
  // A stream can be read only once: not for a command that fails anyway.
  if (opened.inputs.some(({ isStream }) => isStream)) errors.throwIfAny();
  const withFirehose = given.lanes === "all";
  const common = { accessLogs, withFirehose, newLogGroups, searchEndpoint, emulatorPort, searchPort, exit };
  if (files.length === 0) {
    errors.throwIfAny();
    const generated = generateLines(logGroups, now, GENERATED_LINES);
    return { ...common, lines: sourceOf(generated), note: undefined };
  }
  const spool = new Spool(say);
  const kept: ReadableInput[] = [];
  for (const input of opened.inputs) {
    await spool.keep(input).then(
      (copy) => kept.push(copy),
      (error) => errors.addFrom(error),
    );
  }
  const inspected = await inspectFiles(kept, fileOptions(given), now);
  errors.add(...inspected.errors);
  errors.throwIfAny();
  return { ...common, lines: inspected.lines, note: inspected.notes.join("\n") };
}

export function fileOptions({ skipInvalidLines = false, timeField }: GivenLines): FileOptions {
  return { skipInvalidLines, timeField };
}

/** Returns a source of lines that are in memory. */
export function sourceOf<T>(lines: readonly T[]): { count: number; read(): readonly T[] } {
  return { count: lines.length, read: () => lines };
}

/** Returns the validation errors between options about lines. */
function lineErrors({ file, logGroup, skipInvalidLines, timeField }: GivenLines): string[] {
  if (file !== undefined) return [];
  const withoutFile = { "--log-group": logGroup, "--skip-invalid-lines": skipInvalidLines, "--time-field": timeField };
  return Object.entries(withoutFile).flatMap(([option, value]) => (value ? [`${option} applies only to --file.`] : []));
}
