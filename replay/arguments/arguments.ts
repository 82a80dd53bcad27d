import { DAY_MS } from "../hours";
import { KINDS, type Kind, MAX_LATE_HOURS, SINKS } from "./kinds";
import { Mistakes } from "./mistakes";
import type { Options } from "./options";
import { parseSink, type SinkArguments } from "./sink";
import { parseTime, TIME_FORM } from "./time";
import { variableValue } from "./variable";

/** Records as they came; the times of archived events are known. */
const WITH_TIME_FIELD: readonly Kind[] = ["dead-letter", "undelivered"];

/** A longer range is a mistyped year: each of its hours costs a request. */
const MAX_RANGE_DAYS = 3660;

/** Events from `fromMs` on and before `toMs`, in milliseconds since the epoch; of one log group, or of all. */
export interface Selection {
  fromMs: number;
  toMs: number;
  logGroup?: string;
}

export interface ReplayArguments {
  bucket: string;
  archivePrefix: string;
  kind: Kind;
  selection: Selection;
  /** How long after its own time an event may have arrived, in hours. */
  lateHours: number;
  /** The forwarder's TIME_FIELD; "": none. */
  timeField: string;
  /** Undefined for a dry run: nothing is delivered. */
  sink?: SinkArguments;
}

/**
 * Reads the options of `npm run replay`.
 *
 * @param unknown what the command line does not know
 * @param environment SEARCH_ENDPOINT stands in for its option
 * @throws MistakesError that names every mistake, what was given and what is allowed
 */
export function parseArguments(
  options: Options,
  unknown: readonly string[],
  environment: Record<string, string | undefined>,
): ReplayArguments {
  const mistakes = new Mistakes();
  for (const argument of unknown) mistakes.add(`${JSON.stringify(argument)} is no option. See --help.`);
  const { from = [], to = [] } = options;
  const sinks = SINKS.filter((sink) => to.includes(sink));
  const ends = to.filter((value) => !(sinks as string[]).includes(value));
  if (to.length - ends.length > 1 || ends.length > 1) {
    mistakes.add(`--to is ${to.join(" and ")}. Allowed: one time, and one of ${SINKS.join(", ")}.`);
  }
  if (from.length > 1) mistakes.add(`--from is ${from.join(" and ")}. Allowed: one time.`);
  const bucket = variableValue("ARCHIVE_BUCKET", "--bucket", options.bucket, mistakes);
  const archivePrefix = variableValue("ARCHIVE_PREFIX", "--archive-prefix", options.archivePrefix, mistakes);
  const timeField = variableValue("TIME_FIELD", "--time-field", options.timeField, mistakes);
  const range = parseRange(from[0], ends[0], mistakes);
  const kind = KINDS.find((name) => name === options.kind);
  if (!kind) mistakes.add(`--kind is ${JSON.stringify(options.kind)}. Allowed: ${KINDS.join(", ")}.`);
  if (options.timeField !== undefined && kind && !WITH_TIME_FIELD.includes(kind)) {
    mistakes.add(`--time-field has no meaning with --kind ${kind}.`);
  }
  if (options.logGroup === "") mistakes.add("--log-group is empty. Allowed: a log group's name.");
  const lateHours = /^\d{1,3}$/.test(options.lateHours) ? Number(options.lateHours) : Number.NaN;
  if (!(lateHours <= MAX_LATE_HOURS)) {
    mistakes.add(`--late-hours is ${JSON.stringify(options.lateHours)}. Allowed: 0 to ${MAX_LATE_HOURS}.`);
  }
  const sink = parseSink(sinks[0] ?? "endpoint", options, environment.SEARCH_ENDPOINT, mistakes);
  mistakes.throwIfAny();
  const selection = { ...range!, ...(options.logGroup && { logGroup: options.logGroup }) };
  return { bucket, archivePrefix, kind: kind!, selection, lateHours, timeField, ...(sink && { sink }) };
}

function parseRange(from: string | undefined, to: string | undefined, mistakes: Mistakes) {
  const fromMs = requiredTime("--from", from, mistakes);
  const toMs = requiredTime("--to", to, mistakes);
  if (fromMs === undefined || toMs === undefined) return undefined;
  if (fromMs >= toMs) mistakes.add(`--from ${from} is not before --to ${to}.`);
  if (toMs - fromMs > MAX_RANGE_DAYS * DAY_MS) {
    mistakes.add(`--from ${from} --to ${to} is too long. Allowed: up to ${MAX_RANGE_DAYS} days.`);
  }
  return { fromMs, toMs };
}

function requiredTime(option: string, given: string | undefined, mistakes: Mistakes): number | undefined {
  if (given === undefined) return mistakes.add(`${option} is missing. Allowed: ${TIME_FORM}.`);
  return parseTime(given) ?? mistakes.add(`${option} is ${JSON.stringify(given)}. Allowed: ${TIME_FORM}.`);
}
