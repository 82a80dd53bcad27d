import { DAY_MS } from "../../core/events/durations";
import { ENVIRONMENT } from "../../core/settings/environment";
import type { MessageVariables } from "../../core/settings/message-variables";
import { timeText } from "../../tools/usage/time";
import type { UsageCommand } from "../../tools/usage/usage-command";
import type { ValidationErrors } from "../../tools/usage/validation-errors";
import { ACCESS_LOG_KINDS, isAccessLogKind, type Kind } from "./kinds";
import type { ReplayOptions } from "./options";
import { parseNames, parseSink, type SinkArguments } from "./sink";

/** Kinds of objects that are read whole, and hold records as they arrived; archived events have their times already. */
const WHOLE_KINDS: readonly Kind[] = ["dead-letter", "undelivered"];

/** Options that apply to those only. */
const WHOLE_OPTIONS = [
  ["timeField", "--time-field"],
  ["objectMaxBytes", "--object-max-bytes"],
] as const satisfies [keyof ReplayOptions, string][];

/** A longer range is most likely a mistyped year: each of its hours costs a request. */
const MAX_RANGE_DAYS = 3660;

/** Events from `fromMs` on and before `toMs`, in milliseconds since the epoch; of one log group and account, or of all. */
export interface Selection {
  fromMs: number;
  toMs: number;
  logGroup?: string;
  /** What their documents have as `cloud.account.id`. */
  account?: string;
}

export interface ReplayArguments {
  bucket: string;
  archivePrefix: string;
  kind: Kind;
  selection: Selection;
  /** How long after its own time an event may have arrived, in hours. */
  lateHours: number;
  /** Of the keys that a backfill lists. */
  sourcePrefix?: string;
  /** The forwarder's TIME_FIELD. */
  timeField: string;
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
  /** Maximum size of an object that is read whole, in bytes. */
  objectMaxBytes: number;
  /** Undefined for a dry run: nothing is delivered. */
  sink?: SinkArguments;
  /** What becomes of messages in a dry run with index settings, by log group and by stream. */
  dryRunMessages?: ReadonlyMap<string, MessageVariables>;
}

/**
 * Reads the command line of `npm run replay`.
 *
 * @param command that has parsed it
 * @throws UsageError listing every validation error
 */
export function parseArguments(command: UsageCommand): ReplayArguments {
  const { errors } = command;
  const options = command.opts<ReplayOptions>();
  const { bucket, from: fromMs, to: toMs, logGroup, account, kind, lateHours, archivePrefix, timeField } = options;
  const { recordMaxBytes, objectMaxBytes, prefix } = options;
  if (fromMs !== undefined && toMs !== undefined) checkRange(fromMs, toMs, errors);
  if (kind !== undefined && !WHOLE_KINDS.includes(kind)) {
    for (const [name, option] of WHOLE_OPTIONS) {
      if (command.getOptionValueSource(name) === "cli") {
        errors.add(`${option} applies only to --kind ${WHOLE_KINDS.join(" and ")}.`);
      }
    }
  }
  if (kind !== undefined && isAccessLogKind(kind)) {
    const given = [logGroup !== undefined && "--log-group", account !== undefined && "--account"];
    for (const option of given.filter((one) => one !== false)) {
      errors.add(`${option} does not apply to --kind ${ACCESS_LOG_KINDS.join(" and ")}: their keys have none.`);
    }
  }
  if (kind !== undefined && kind !== "backfill" && prefix !== undefined) {
    errors.add("--prefix applies only to --kind backfill.");
  }
  const sink = parseSink(command, options);
  const named = options.dryRun && options.indexSettings !== undefined ? parseNames(options, errors) : undefined;
  errors.throwIfAny();
  return {
    bucket: bucket!,
    archivePrefix: archivePrefix ?? ENVIRONMENT.ARCHIVE_PREFIX.default,
    kind: kind!,
    selection: {
      ...{ fromMs: fromMs!, toMs: toMs! },
      ...(logGroup !== undefined && { logGroup }),
      ...(account !== undefined && { account }),
    },
    lateHours,
    ...(kind === "backfill" && { sourcePrefix: prefix ?? "" }),
    timeField: timeField ?? ENVIRONMENT.TIME_FIELD.default,
    recordMaxBytes,
    objectMaxBytes,
    ...(sink && { sink }),
    ...(named?.messages && { dryRunMessages: named.messages }),
  };
}

/** Adds an error for a range that is none, or too long. */
export function checkRange(fromMs: number, toMs: number, errors: ValidationErrors): void {
  const range = `--from ${timeText(fromMs)} --to ${timeText(toMs)}`;
  if (fromMs >= toMs) errors.add(`${range}: --from must be before --to.`);
  if (toMs - fromMs > MAX_RANGE_DAYS * DAY_MS)
    errors.add(`${range} is too long. Allowed: up to ${MAX_RANGE_DAYS} days.`);
}
