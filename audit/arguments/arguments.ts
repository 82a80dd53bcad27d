import { ENVIRONMENT } from "../../core/settings/environment";
import { checkRange, type Selection } from "../../replay/arguments/arguments";
import { MAX_LATE_HOURS } from "../../replay/arguments/kinds";
import { type EndpointArguments, parseEndpoint } from "../../replay/arguments/sink";
import type { UsageCommand } from "../../tools/usage/usage-command";
import type { AuditOptions } from "./options";

/** What is done about what is found. */
export interface HealArguments {
  /** Whether it is done, and not only said. */
  isDone: boolean;
  /** Whether documents are removed. */
  deletes: boolean;
}

export interface AuditArguments {
  bucket: string;
  archivePrefix: string;
  selection: Selection;
  /** How long after its own time an event may have arrived, in hours. */
  lateHours: number;
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
  endpoint: EndpointArguments;
  /** Whether contents are compared. */
  isDeep: boolean;
  /** Undefined: nothing is mended. */
  heal?: HealArguments;
  isJson: boolean;
}

const DEFAULT_LATE_HOURS = 1;

/**
 * Reads the command line of `npm run audit`.
 *
 * @param command that has parsed it
 * @throws UsageError listing every validation error
 */
export function parseAuditArguments(command: UsageCommand): AuditArguments {
  const { errors } = command;
  const options = command.opts<AuditOptions>();
  const { bucket, from: fromMs, to: toMs, logGroup, account, archivePrefix, recordMaxBytes, heal } = options;
  if (fromMs !== undefined && toMs !== undefined) checkRange(fromMs, toMs, errors);
  for (const name of ["yes", "delete"] as const) {
    if (options[name] && !heal) errors.add(`--${name} applies only to --heal.`);
  }
  const { lateHours = options.delete ? MAX_LATE_HOURS : DEFAULT_LATE_HOURS } = options;
  if (options.delete && lateHours < MAX_LATE_HOURS) {
    errors.add(
      `--late-hours ${lateHours} with --delete: an event that arrived later would be taken for none, and its document removed. ` +
        `Allowed: ${MAX_LATE_HOURS}, which is the default with --delete.`,
    );
  }
  const endpoint = parseEndpoint(options, errors);
  errors.throwIfAny();
  return {
    bucket: bucket!,
    archivePrefix: archivePrefix ?? ENVIRONMENT.ARCHIVE_PREFIX.default,
    selection: {
      ...{ fromMs: fromMs!, toMs: toMs! },
      ...(logGroup !== undefined && { logGroup }),
      ...(account !== undefined && { account }),
    },
    lateHours,
    recordMaxBytes,
    endpoint: endpoint!,
    isDeep: options.deep === true,
    ...(heal && { heal: { isDone: options.yes === true, deletes: options.delete === true } }),
    isJson: options.json === true,
  };
}
