import { ENVIRONMENT } from "../../../core/settings/environment";
import { PIPELINE_PARSER } from "../../../core/settings/parser-choice";
import { oneOf } from "../../inputs/rules";
import { type Field, field, type Schema, snakeCase, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { eventMetrics } from "./event-metrics";
import { eventRules } from "./event-rules";
import { messageMembers } from "./message-inputs";
import { re2 } from "./patterns";
import { joinsSome } from "./without-effect";

const members = {
  parser: field(
    string(oneOf(ENVIRONMENT.PARSER.values)),
    PIPELINE_PARSER,
    "format of the messages, which a parser turns into fields. auto: by log group, log stream and message. none: messages stay as they are",
  ),
  parserFields: field(
    string(acceptedText(ENVIRONMENT.PARSER_FIELDS)),
    ENVIRONMENT.PARSER_FIELDS.default,
    "names of the fields of a line, in their order, of a format whose fields are chosen, such as `version account-id srcaddr` (vpc_flow). Empty: AWS's default",
  ),
  ...messageMembers("message"),
  joinLines: field(
    string(acceptedText(ENVIRONMENT.JOIN_LINES), re2, joinsSome),
    ENVIRONMENT.JOIN_LINES.default,
    'pattern of RE2 that the first line of a message of several lines matches, such as `"^\\\\d{4}-"` (messages begin with a year): events that do not are joined to the one before. Empty: none is',
  ),
  rules: field(
    eventRules,
    [],
    "which events are indexed, and what is redacted in them (docs/rules.md). []: all, and nothing",
  ),
  metrics: field(
    eventMetrics,
    {},
    "CloudWatch metrics that count events, or have their numbers, by the metric's name (docs/metrics.md). {}: none",
  ),
};

type Members = typeof members;

/** What they are where nothing is said, by Terraform's names. */
export const DEFAULT_MESSAGE_SETTINGS: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries<Field>(members).map(([name, { default: value }]) => [snakeCase(name), value]),
);

/**
 * What becomes of messages, as members of an input.
 *
 * @param otherwise whose a setting is that is null, before the default
 */
export const messageSettings = (otherwise = ""): { readonly [K in keyof Members]: Nullable<Members[K]> } =>
  Object.fromEntries(
    Object.entries<Field>(members).map(([name, { schema, description, default: value }]) => [
      name,
      { schema, description: `${description}. null: ${otherwise}${shown(value)}`, default: null },
    ]),
  ) as { [K in keyof Members]: Nullable<Members[K]> };

type Nullable<F extends Field> = Field<F["schema"] extends infer S extends Schema ? S : never, null>;

const shown = (value: unknown): string => (value === "" ? "empty" : JSON.stringify(value).replaceAll('"', ""));
