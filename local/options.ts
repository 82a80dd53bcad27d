import type { Readable } from "node:stream";
import { ORIGIN_ALLOWED, parseOrigin } from "../core/settings/origin";
import { shown } from "../tools/text/one-line";
import { type FileOptions, inspectFiles, openInputs } from "./log-events/files";
import { generateLines } from "./log-events/generate";
import { pairInputs, type ReadableInput } from "./log-events/inputs";
import type { LineSource } from "./log-events/line";
import { Spool } from "./log-events/spool";
import { type GivenPorts, portMistakes, portOf } from "./port-options";
import { logGroupErrors, timeFieldErrors } from "./terraform/log-groups";

/** How many lines are generated beside the classic three. */
const GENERATED_LINES = 3_000;

/** As on the command line: what says which lines go where. */
export interface GivenLines {
  /** `-` is standard input. */
  readonly file?: readonly string[];
  readonly logGroup?: readonly string[];
  readonly skipInvalidLines?: boolean;
  readonly timeField?: string;
}

/** As on the command line. */
export interface GivenOptions extends GivenLines, GivenPorts {
  readonly exit?: boolean;
}

export interface StartOptions {
  readonly lines: LineSource;
  /** Log groups that are added to the pipeline for these lines. */
  readonly newLogGroups: readonly string[];
  /** Undefined: OpenSearch is started. */
  readonly searchEndpoint: string | undefined;
  /** 1 to 65,535; undefined: a free one. */
  readonly emulatorPort: number | undefined;
  /** OpenSearch's, likewise. */
  readonly searchPort: number | undefined;
  /** Said to the person, before anything starts. */
  readonly note: string | undefined;
  readonly exit: boolean;
}

/** Thrown for options that cannot be used; the message lists all mistakes. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/**
 * Standard input and pipes are read to their end.
 *
 * @param logGroups those that the pipeline delivers in any case; the first gets lines that no other is named for
 * @param now milliseconds since the epoch: the time of the put
 * @param io `say` is told how far it is when reading takes long
 * @throws OptionsError listing every mistake
 */
export async function parseOptions(
  given: GivenOptions,
  logGroups: readonly string[],
  now: number,
  io: { say?(text: string): void; stdin?: Readable } = {},
): Promise<StartOptions> {
  const { file: files = [], logGroup: named = [], exit = false } = given;
  const searchEndpoint = given.searchEndpoint === undefined ? undefined : parseOrigin(given.searchEndpoint);
  const mistakes: string[] = [];
  const newLogGroups = [...new Set(named)].filter((name) => !logGroups.includes(name));
  mistakes.push(...newLogGroups.flatMap(logGroupErrors), ...lineMistakes(given));
  if (given.searchEndpoint !== undefined && searchEndpoint === undefined) {
    const withoutPassword = given.searchEndpoint.replace(/\/\/.*@/s, "//***@");
    mistakes.push(`--search-endpoint ${shown(withoutPassword)} is not ${ORIGIN_ALLOWED}`);
  }
  mistakes.push(...portMistakes(given));
  const { inputs, errors: wrongPairs } = pairInputs(files, named, logGroups[0]!);
  const opened = await openInputs(inputs, io.stdin);
  mistakes.push(...wrongPairs, ...opened.errors);
  // What can be read once only is not read in vain.
  if (mistakes.length > 0 && opened.inputs.some(({ isStream }) => isStream))
    throw new OptionsError(mistakes.join("\n"));
  const { emulatorPort, searchPort } = given;
  const ports = { emulatorPort: portOf(emulatorPort), searchPort: portOf(searchPort) };
  const common = { newLogGroups, searchEndpoint, ...ports, exit };
  if (files.length === 0) {
    if (mistakes.length > 0) throw new OptionsError(mistakes.join("\n"));
    const generated = generateLines(logGroups, now, GENERATED_LINES);
    return { ...common, lines: sourceOf(generated), note: undefined };
  }
  const spool = new Spool(io.say ?? (() => {}));
  const kept: ReadableInput[] = [];
  for (const input of opened.inputs) {
    await spool.keep(input).then(
      (copy) => kept.push(copy),
      (error: Error) => mistakes.push(error.message),
    );
  }
  const looked = await inspectFiles(kept, fileOptions(given), now);
  mistakes.push(...looked.errors);
  if (mistakes.length > 0) throw new OptionsError(mistakes.join("\n"));
  return { ...common, lines: looked.lines, note: looked.notes.join("\n") };
}

export function fileOptions({ skipInvalidLines = false, timeField }: GivenLines): FileOptions {
  return { skipInvalidLines, timeField };
}

/** Lines in memory. */
export function sourceOf<T>(lines: readonly T[]): { count: number; read(): readonly T[] } {
  return { count: lines.length, read: () => lines };
}

/** What is wrong with options about lines, but for files and log groups. */
export function lineMistakes({ file, logGroup, skipInvalidLines, timeField }: GivenLines): string[] {
  return [
    ...(timeField === undefined ? [] : timeFieldErrors(timeField)),
    ...(file === undefined && logGroup !== undefined
      ? ["--log-group says where the lines of --file go; give both"]
      : []),
    ...(file === undefined && skipInvalidLines ? ["--skip-invalid-lines is about the lines of --file; give both"] : []),
    ...(file === undefined && timeField !== undefined ? ["--time-field is about the lines of --file; give both"] : []),
  ];
}
