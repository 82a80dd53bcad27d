import { fieldExtractor } from "../messages/extraction";
import { lineJoining } from "../messages/joining";
import { MessageParsing } from "../parsers/message-parsing";
import { RuleSet } from "../rules/rule-set";
import type { MessageVariables } from "../settings/message-variables";
import type { MessageSettings } from "./record-parts";

/** What becomes of the messages of a lane, by the variables of its function. */
export type LaneSettings = MessageSettings & { parsing: MessageParsing };

/** @throws EnvironmentError for a pattern that RE2 does not take */
export function laneSettings(variables: MessageVariables): LaneSettings {
  const { PARSER, PARSER_FIELDS, KEEP_MESSAGE, EVENT_ORIGINAL, EXTRACT_FIELDS, JOIN_LINES, RULES, ARCHIVE_CONTENT } =
    variables;
  const rules = RULES.length > 0 ? new RuleSet(RULES) : undefined;
  return {
    parsing: new MessageParsing({
      parser: PARSER,
      fields: PARSER_FIELDS.split(" ").filter((name) => name !== ""),
      keepMessage: KEEP_MESSAGE,
      eventOriginal: EVENT_ORIGINAL,
      extract: EXTRACT_FIELDS.length > 0 ? fieldExtractor(EXTRACT_FIELDS) : undefined,
      areRedacted: rules?.redacts,
    }),
    joining: JOIN_LINES === "" ? undefined : lineJoining(JOIN_LINES),
    rules,
    archiveContent: ARCHIVE_CONTENT,
  };
}
