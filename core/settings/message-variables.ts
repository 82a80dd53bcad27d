import {
  EXTRACT_FIELDS_ALLOWED,
  type FieldExtraction,
  MAX_PATTERN_LENGTH,
  parseExtractedFields,
} from "./extracted-fields";
import { parseVariables } from "./parse-variables";
import { type ParserChoice, PIPELINE_PARSER } from "./parser-choice";
import { PARSER_NAMES } from "./parser-names";
import { type EventRule, parseRules, RULES_ALLOWED } from "./rules";
import { ofLength, onOff, textMatching, textOneOf, type Variable, type VariableValues } from "./variable";

/** Those of the forwarder's variables that say what becomes of messages. A replay has them from the index settings. */
export const MESSAGE_VARIABLES = {
  PARSER: {
    meaning:
      "Format of the lane's messages, which a parser turns into fields. `auto`: each log group's and message's own; `none`: messages stay as they are.",
    allowed: `none, auto or a format: ${PARSER_NAMES.join(", ")}`,
    default: "none",
    ...textOneOf("none", "auto", ...PARSER_NAMES),
  } satisfies Variable<ParserChoice>,
  PARSER_FIELDS: {
    meaning:
      "Names of the fields of a line, in their order, of a format whose fields are chosen. Empty: AWS's default.",
    allowed: "nothing, or up to 2,000 characters: names without spaces and control characters, a space between two",
    default: "",
    // RE2 repeats no more than 1,000 times.
    ...textMatching(/^.{0,1000}.{0,1000}$/, /^([!-~]+( [!-~]+)*)?$/),
  } satisfies Variable<string>,
  KEEP_MESSAGE: {
    meaning:
      "Whether a document keeps its `message` when a parser has turned the whole of it into fields; text that is none stays in any case.",
    allowed: "on or off",
    default: "on",
    parse: onOff,
  } satisfies Variable<boolean>,
  EVENT_ORIGINAL: {
    meaning: "Whether a document that a parser has written has the whole message in `event.original`, too.",
    allowed: "on or off",
    default: "off",
    parse: onOff,
  } satisfies Variable<boolean>,
  EXTRACT_FIELDS: {
    meaning: "Fields that patterns of RE2 extract from other fields, or from the message.",
    allowed: EXTRACT_FIELDS_ALLOWED,
    default: "{}",
    parse: (value) => parseExtractedFields(value).fields,
    mistakesIn: (value, path) => parseExtractedFields(value, path).errors,
  } satisfies Variable<readonly FieldExtraction[]>,
  JOIN_LINES: {
    meaning:
      "Pattern of RE2 that the first line of a message of several lines matches: events that do not are joined to the one before. Empty: none is.",
    allowed: `nothing, or a pattern of RE2 of up to ${MAX_PATTERN_LENGTH} characters`,
    default: "",
    ...textMatching(ofLength(0, MAX_PATTERN_LENGTH)),
  } satisfies Variable<string>,
  RULES: {
    meaning: "Which events are indexed, and what is redacted in them, as docs/rules.md describes.",
    allowed: RULES_ALLOWED,
    default: "[]",
    parse: (value) => parseRules(value).rules,
    mistakesIn: (value, path) => parseRules(value, path).errors,
  } satisfies Variable<readonly EventRule[]>,
  ARCHIVE_CONTENT: {
    meaning: "Whether the archive has the events as they came, or as the rules have redacted them.",
    default: "raw",
    allowed: "raw or redacted",
    ...textOneOf("raw", "redacted"),
  } satisfies Variable<"raw" | "redacted">,
};

/** The values of `MESSAGE_VARIABLES`, by name. */
export type MessageVariables = VariableValues<typeof MESSAGE_VARIABLES>;

/** Those of a log group for which the pipeline's inputs say nothing. */
export const defaultMessages = (): MessageVariables => parseVariables(MESSAGE_VARIABLES, { PARSER: PIPELINE_PARSER });
