import type { AccessLogsEnvironment } from "../../core/settings/access-logs";
import { ENVIRONMENT } from "../../core/settings/environment";
import { validationError } from "../../core/settings/parse-variables";
import { checkRange, type Selection } from "../../replay/arguments/arguments";
import { MAX_LATE_HOURS } from "../../replay/arguments/kinds";
import { queueUrlValue } from "../../replay/arguments/options";
import { type EndpointArguments, parseEndpoint } from "../../replay/arguments/sink";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { FUNCTION_VARIABLES_FORM, isOfAnySource, readFunctionVariables } from "./function-variables";
import type { AuditOptions } from "./options";

/** What is done about what is found. */
export interface HealArguments {
  /** Whether it is done, and not only said. */
  isDone: boolean;
  /** Whether documents are removed. */
  deletes: boolean;
}

/** The access logs that are compared in place of the archive. */
export interface AccessLogsArguments {
  /** Of their keys. */
  prefix: string;
  /** Those of the function that delivers them. */
  variables: AccessLogsEnvironment;
  /** That of the function, which heals. */
  queueUrl: string;
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
  /** Undefined: the archive is compared. */
  accessLogs?: AccessLogsArguments;
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
  const isOfArchive = options.kind !== "backfill";
  // Of access logs, an extra document's object is looked for by its key.
  const isRemoving = isOfArchive && options.delete === true;
  const { lateHours = isRemoving ? MAX_LATE_HOURS : DEFAULT_LATE_HOURS } = options;
  if (isRemoving && lateHours < MAX_LATE_HOURS) {
    errors.add(
      `--late-hours ${lateHours} with --delete: an event that arrived later would be taken for none, and its document removed. ` +
        `Allowed: ${MAX_LATE_HOURS}, which is the default with --delete.`,
    );
  }
  const accessLogs = parseAccessLogs(command, options);
  const searchEndpoint = options.searchEndpoint ?? accessLogs?.variables.SEARCH_ENDPOINT;
  // The endpoint may be in the file that could not be read.
  const isUnknown = !isOfArchive && searchEndpoint === undefined;
  const endpoint = isUnknown
    ? undefined
    : parseEndpoint({ ...options, ...(searchEndpoint !== undefined && { searchEndpoint }) }, errors);
  errors.throwIfAny();
  return {
    bucket: bucket!,
    archivePrefix: accessLogs?.variables.QUARANTINE_PREFIX ?? archivePrefix ?? ENVIRONMENT.ARCHIVE_PREFIX.default,
    selection: {
      ...{ fromMs: fromMs!, toMs: toMs! },
      ...(logGroup !== undefined && { logGroup }),
      ...(account !== undefined && { account }),
    },
    lateHours,
    recordMaxBytes,
    endpoint: endpoint!,
    ...(accessLogs && { accessLogs }),
    isDeep: options.deep === true,
    ...(heal && { heal: { isDone: options.yes === true, deletes: options.delete === true } }),
    isJson: options.json === true,
  };
}

/** Options that belong to one kind only. */
const OF_ACCESS_LOGS = [
  ["prefix", "--prefix"],
  ["functionVariables", "--function-variables"],
  ["queueUrl", "--queue-url"],
] as const satisfies [keyof AuditOptions, string][];
const OF_ARCHIVE = [
  ["logGroup", "--log-group"],
  ["account", "--account"],
  ["indexPrefix", "--index-prefix"],
  ["indexSettings", "--index-settings"],
  ["archivePrefix", "--archive-prefix"],
  ["recordMaxBytes", "--record-max-bytes"],
] as const satisfies [keyof AuditOptions, string][];

/** Parses the options of access logs, and adds its validation errors to the command's. @returns undefined after an error, and for the archive */
function parseAccessLogs(command: UsageCommand, options: AuditOptions): AccessLogsArguments | undefined {
  const { errors } = command;
  const { kind, bucket, prefix = "", functionVariables, queueUrl } = options;
  if (kind === undefined) return undefined;
  const isGiven = (name: string) => command.getOptionValueSource(name) === "cli";
  for (const [name, option] of kind === "backfill" ? OF_ARCHIVE : OF_ACCESS_LOGS) {
    if (!isGiven(name)) continue;
    errors.add(
      kind === "backfill"
        ? `${option} does not apply to --kind backfill: --function-variables says how access logs are delivered.`
        : `${option} applies only to --kind backfill.`,
    );
  }
  if (kind !== "backfill") return undefined;
  if (functionVariables === undefined) {
    errors.add(
      `--function-variables is missing with --kind backfill. Allowed: a file with ${FUNCTION_VARIABLES_FORM}.`,
    );
    return undefined;
  }
  const variables = readFunctionVariables(functionVariables, errors);
  if (!variables) return undefined;
  const { ACCESS_LOG_SOURCES: sources } = variables;
  if (bucket !== undefined && !isOfAnySource(sources, bucket, prefix)) {
    const places = sources.map((source) => `s3://${source.bucket}/${source.prefix}`).join(", ");
    errors.add(
      `--bucket ${bucket}${prefix && ` --prefix ${prefix}`}: no source of ${functionVariables} has such objects. Allowed: ${places}.`,
    );
  }
  const queue = queueUrl === undefined ? variables.QUEUE_URL : queueUrlValue.parse(queueUrl);
  if (queue === undefined) errors.add(validationError("--queue-url", queueUrl!, queueUrlValue));
  return { prefix, variables, queueUrl: queue ?? variables.QUEUE_URL };
}
