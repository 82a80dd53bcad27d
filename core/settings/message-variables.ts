import { ENVIRONMENT } from "./environment";
import { parseVariables } from "./parse-variables";
import { PIPELINE_PARSER } from "./parser-choice";
import type { VariableValues } from "./variable";

const { PARSER, PARSER_FIELDS, KEEP_MESSAGE, EVENT_ORIGINAL, EXTRACT_FIELDS, JOIN_LINES, RULES, ARCHIVE_CONTENT } =
  ENVIRONMENT;

/** Those of the forwarder's variables that say what becomes of messages. A replay has them from the index settings. */
export const MESSAGE_VARIABLES = {
  PARSER,
  PARSER_FIELDS,
  KEEP_MESSAGE,
  EVENT_ORIGINAL,
  EXTRACT_FIELDS,
  JOIN_LINES,
  RULES,
  ARCHIVE_CONTENT,
};

/** The values of `MESSAGE_VARIABLES`, by name. */
export type MessageVariables = VariableValues<typeof MESSAGE_VARIABLES>;

/** Those of a log group for which the pipeline's inputs say nothing. */
export const defaultMessages = (): MessageVariables => parseVariables(MESSAGE_VARIABLES, { PARSER: PIPELINE_PARSER });
