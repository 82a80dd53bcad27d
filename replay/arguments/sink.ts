import { indicesOfSettings } from "../../core/indices/configured-indices";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { ENVIRONMENT } from "../../core/settings/environment";
import { defaultNames, type NamedIndices } from "../../core/settings/index-settings";
import type { MessageVariables } from "../../core/settings/message-variables";
import { validationError } from "../../core/settings/parse-variables";
import { readIndexSettings } from "../../tools/usage/index-settings-file";
import { type Login, type LoginOptions, loginOf } from "../../tools/usage/login";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { ValidationErrors } from "../../tools/usage/validation-errors";
import { ACCESS_LOG_KINDS, isAccessLogKind, type SinkName } from "./kinds";
import { queueUrlValue, type ReplayOptions, streamValue } from "./options";

/**
 * Where events go. `indices`: whose template and policy are ensured; none without index settings. `keepDays`: how long the
 * indices are protected; as long as their lifecycle says without.
 */
export type SinkArguments =
  | {
      to: "endpoint";
      searchEndpoint: string;
      names: NamedIndices;
      /** What becomes of messages, by log group and by stream; undefined: all have the pipeline's defaults. */
      messages?: ReadonlyMap<string, MessageVariables> | undefined;
      indices?: PipelineIndices | undefined;
      keepDays?: number | undefined;
      /** Without its secrets: a new password leaves the journal the same. Undefined: signed, as the endpoint's host says. */
      login?: LoginOptions | undefined;
    }
  | { to: "stream"; stream: string }
  | { to: "stdout" }
  | { to: "queue"; queueUrl: string };

/** A search endpoint. */
export type EndpointArguments = Extract<SinkArguments, { to: "endpoint" }>;

type EndpointOptions = LoginOptions &
  Pick<ReplayOptions, "searchEndpoint" | "indexPrefix" | "indexSettings" | "keepDays">;

/** Options that belong to one sink only. */
const OWNERS = [
  ["stream", "--stream", "stream"],
  ["searchEndpoint", "--search-endpoint", "endpoint"],
  ["indexPrefix", "--index-prefix", "endpoint"],
  ["indexSettings", "--index-settings", "endpoint"],
  ["keepDays", "--keep-days", "endpoint"],
  ["login", "--login", "endpoint"],
  ["searchRegion", "--search-region", "endpoint"],
  ["queueUrl", "--queue-url", "queue"],
] as const satisfies [keyof ReplayOptions, string, SinkName][];

/** Parses the options of the sink, and adds its validation errors to the command's. @returns undefined after an error, and for a dry run */
export function parseSink(command: UsageCommand, options: ReplayOptions): SinkArguments | undefined {
  const { errors } = command;
  const { stream, queueUrl, dryRun } = options;
  const to = sinkOf(command, options);
  if (to === undefined) return undefined;
  for (const [name, option, owner] of OWNERS) {
    if (command.getOptionValueSource(name) === "cli" && to !== owner) {
      errors.add(`${option} applies only to --sink ${owner}.`);
    }
  }
  if (dryRun) return undefined;
  switch (to) {
    case "stdout":
      return { to };
    case "stream":
      if (command.getOptionValueSource("stream") === undefined) {
        errors.add(`--stream is missing with --sink stream. Allowed: ${streamValue.allowed}.`);
      }
      return stream === undefined ? undefined : { to, stream };
    case "queue": {
      const given = queueUrl === undefined ? undefined : queueUrlValue.parse(queueUrl);
      const option = "--queue-url (or QUEUE_URL in the environment)";
      if (queueUrl === undefined) errors.add(`${option} is missing. Allowed: ${queueUrlValue.allowed}.`);
      else if (given === undefined) errors.add(validationError(option, queueUrl, queueUrlValue));
      return given === undefined ? undefined : { to, queueUrl: given };
    }
    case "endpoint":
      return parseEndpoint(options, errors);
    default:
      return to satisfies never;
  }
}

/** Parses the options of a search endpoint. @returns undefined after an error */
export function parseEndpoint(options: EndpointOptions, errors: ValidationErrors): EndpointArguments | undefined {
  const { searchEndpoint } = options;
  const variable = ENVIRONMENT.SEARCH_ENDPOINT;
  const parsed = searchEndpoint === undefined ? undefined : variable.parse(searchEndpoint);
  const option = "--search-endpoint (or SEARCH_ENDPOINT in the environment)";
  if (searchEndpoint === undefined) errors.add(`${option} is missing. Allowed: ${variable.allowed}.`);
  else if (parsed === undefined) errors.add(validationError(option, searchEndpoint, variable));
  const named = parseNames(options, errors);
  loginOf(options, process.env, errors);
  return parsed === undefined || !named
    ? undefined
    : { to: "endpoint", searchEndpoint: parsed, ...named, keepDays: options.keepDays, ...loginIn(options) };
}

/** What is not the default: an earlier version's journal has the same name. */
function loginIn({ login, searchRegion }: LoginOptions): { login?: LoginOptions } {
  const given: LoginOptions = {
    ...(login !== undefined && login !== "aws" && { login }),
    ...(searchRegion !== undefined && { searchRegion }),
  };
  return Object.keys(given).length > 0 ? { login: given } : {};
}

/** Access logs go to their function's queue, and nothing else does. */
function sinkOf(command: UsageCommand, { kind, sink }: ReplayOptions): SinkName | undefined {
  if (kind === undefined || sink === undefined) return undefined;
  const isGiven = command.getOptionValueSource("sink") === "cli";
  if (!isAccessLogKind(kind)) {
    if (sink !== "queue") return sink;
    command.errors.add(`--sink queue applies only to --kind ${ACCESS_LOG_KINDS.join(" and ")}.`);
    return undefined;
  }
  if (isGiven && sink !== "queue") {
    command.errors.add(`--sink ${sink} does not apply to --kind ${kind}. Allowed: queue, which is its default.`);
  }
  return "queue";
}

/** Returns how the pipeline names its indices; undefined after an error. */
export function parseNames({ indexPrefix, indexSettings }: EndpointOptions, errors: ValidationErrors) {
  if (indexSettings === undefined) return { names: defaultNames(indexPrefix ?? ENVIRONMENT.INDEX_PREFIX.default) };
  if (indexPrefix !== undefined) {
    errors.add(
      "--index-prefix and --index-settings are given. Allowed: one of them, since the settings have a prefix.",
    );
  }
  const settings = readIndexSettings(indexSettings, errors);
  if (!settings) return undefined;
  const { messages, ...names } = settings;
  if (!messages) {
    errors.add(
      `--index-settings ${indexSettings}: messages is missing, without which the documents may be others than the forwarder's. ` +
        "Allowed: what `terraform output -json index_settings` prints after an apply of this version.",
    );
  }
  return { names, messages, indices: indicesOfSettings(settings) };
}

/** With the secrets of the environment, which were there when the arguments were read. */
export function loginFor(options: LoginOptions | undefined): Login {
  return loginOf({ login: "aws", ...options }, process.env, new ValidationErrors())!;
}
