import { HOUR_MS } from "../../core/events/durations";
import { ENVIRONMENT } from "../../core/settings/environment";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import type { Kind } from "../../replay/arguments/kinds";
import type { AuditRange } from "../time-range";
import type { AuditArguments } from "./arguments";

/** Returns the arguments by which a replay reads the objects of a time range. */
export function replayArguments(args: AuditArguments, kind: Kind, { fromMs, toMs }: AuditRange): ReplayArguments {
  const { bucket, archivePrefix, recordMaxBytes, selection, accessLogs } = args;
  return {
    ...{ bucket, archivePrefix, kind, recordMaxBytes },
    lateHours: Math.min(args.lateHours, hoursSince(toMs)),
    selection: { ...selection, fromMs, toMs },
    ...(accessLogs && { sourcePrefix: accessLogs.prefix }),
    timeField: ENVIRONMENT.TIME_FIELD.default,
    // Of kinds that an audit does not read.
    objectMaxBytes: 0,
  };
}

/** Hours in which objects can have arrived since a time, by a clock that is up to an hour slow: others are not worth a request each. */
const hoursSince = (ms: number): number => Math.max(0, Math.ceil((Date.now() - ms) / HOUR_MS) + 1);
