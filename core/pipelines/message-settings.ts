import type { Envelope } from "../events/envelope";
import { fieldExtractor } from "../messages/extraction";
import { lineJoining } from "../messages/joining";
import { MessageParsing, type ParseCounts, type StreamParsing } from "../parsers/message-parsing";
import { RuleSet } from "../rules/rule-set";
import type { LogGroupException } from "../settings/log-groups";
import type { MessageVariables } from "../settings/message-variables";
import type { LaneMessageSettings } from "./record-parts";

/** What becomes of the messages of a lane. */
export type LaneSettings = LaneMessageSettings & { parsing: LaneParsing };

/** What makes fields of messages, and counts them. */
export type LaneParsing = Pick<MessageParsing, "of" | "takeCounts">;

/**
 * Returns what becomes of the messages of a lane, by the variables of its function.
 *
 * @throws EnvironmentError for a pattern that RE2 does not take
 */
export function laneSettings({
  LOG_GROUPS = [],
  ...variables
}: MessageVariables & { LOG_GROUPS?: readonly LogGroupException[] }): LaneSettings {
  const settingsOf = sharedSettings();
  const own = settingsOf(variables);
  const byLogGroup = new Map<string, LaneSettings>();
  for (const exception of LOG_GROUPS) {
    const settings = settingsOf({ ...variables, ...exception.variables });
    if (settings !== own) for (const name of exception.names) byLogGroup.set(name, settings);
  }
  return withExceptions(own, byLogGroup);
}

/** Returns the settings of a lane that has others for some log groups. */
export function withExceptions(own: LaneSettings, byLogGroup: ReadonlyMap<string, LaneSettings>): LaneSettings {
  if (byLogGroup.size === 0) return own;
  return { ...own, byLogGroup, parsing: new ParsingByLogGroup(own.parsing, byLogGroup) };
}

/** Equal variables share their settings: parsers, and the programs that the encoder has for them, take memory. */
function sharedSettings(): (variables: MessageVariables) => LaneSettings {
  const known = new Map<string, LaneSettings>();
  return (variables) => {
    const { PARSER, PARSER_FIELDS, KEEP_MESSAGE, EVENT_ORIGINAL, EXTRACT_FIELDS, JOIN_LINES, RULES } = variables;
    const key = JSON.stringify([
      ...[PARSER, PARSER_FIELDS, KEEP_MESSAGE, EVENT_ORIGINAL, EXTRACT_FIELDS, JOIN_LINES, RULES],
      variables.ARCHIVE_CONTENT,
    ]);
    const settings = known.get(key) ?? groupSettings(variables);
    known.set(key, settings);
    return settings;
  };
}

function groupSettings(variables: MessageVariables): LaneSettings {
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

/** The parsing of a lane that has exceptions. */
class ParsingByLogGroup implements LaneParsing {
  constructor(
    private readonly own: LaneParsing,
    private readonly byLogGroup: ReadonlyMap<string, LaneSettings>,
  ) {}

  of(envelope: Pick<Envelope, "logGroup" | "logStream">): StreamParsing | undefined {
    return (this.byLogGroup.get(envelope.logGroup)?.parsing ?? this.own).of(envelope);
  }

  takeCounts(): ParseCounts {
    const sum: ParseCounts = { parsed: 0, failed: 0 };
    const all = [this.own, ...[...this.byLogGroup.values()].map(({ parsing }) => parsing)];
    for (const parsing of new Set(all)) {
      const { parsed, failed } = parsing.takeCounts();
      sum.parsed += parsed;
      sum.failed += failed;
    }
    return sum;
  }
}
