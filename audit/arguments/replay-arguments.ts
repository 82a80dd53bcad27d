import { ENVIRONMENT } from "../../core/settings/environment";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import type { Kind } from "../../replay/arguments/kinds";
import type { AuditRange } from "../time-range";
import type { AuditArguments } from "./arguments";

/** Returns the arguments by which a replay reads the objects of a time range. */
export function replayArguments(args: AuditArguments, kind: Kind, { fromMs, toMs }: AuditRange): ReplayArguments {
  const { bucket, archivePrefix, lateHours, recordMaxBytes, selection, accessLogs } = args;
  return {
    ...{ bucket, archivePrefix, kind, lateHours, recordMaxBytes },
    selection: { ...selection, fromMs, toMs },
    ...(accessLogs && { sourcePrefix: accessLogs.prefix }),
    timeField: ENVIRONMENT.TIME_FIELD.default,
    // Of kinds that an audit does not read.
    objectMaxBytes: 0,
  };
}
