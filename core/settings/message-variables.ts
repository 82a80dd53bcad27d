import { ENVIRONMENT } from "./environment";
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
