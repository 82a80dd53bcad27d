import type { Envelope } from "../events/envelope";
import { fieldExtractor } from "../messages/extraction";
import { lineJoining } from "../messages/joining";
import { MessageParsing, type ParseCounts, type StreamParsing } from "../parsers/message-parsing";
import { MetricSet } from "../rules/metrics/metric-set";
import { RuleSet } from "../rules/rule-set";
import type { EventMetric } from "../settings/event-metrics";
import type { LogGroupException } from "../settings/log-groups";
import { MESSAGE_VARIABLES, type MessageVariables } from "../settings/message-variables";
import type { LaneMessageSettings } from "./record-parts";

/** What becomes of the messages of a lane. */
export type LaneSettings = LaneMessageSettings & { parsing: LaneParsing };

/** What makes fields of messages, and counts them. */
export type LaneParsing = Pick<MessageParsing, "of" | "takeCounts">;

/** Those of a function that say what becomes of messages, and what is counted of them. @default nothing is counted */
type LaneVariables = MessageVariables & {
  METRICS?: readonly EventMetric[];
  LOG_GROUPS?: readonly LogGroupException[];
};

/** Those of a log group. */
type CountedVariables = Omit<LaneVariables, "LOG_GROUPS">;

/**
 * Returns what becomes of the messages of a lane, by the variables of its function.
 *
 * @throws EnvironmentError for a pattern that RE2 does not take
 */
export function laneSettings({ LOG_GROUPS = [], ...variables }: LaneVariables): LaneSettings {
  const settingsOf = sharedSettings();
  const own = settingsOf(messagesIn({}, variables));
  const byLogGroup = new Map<string, LaneSettings>();
  for (const exception of LOG_GROUPS) {
    const settings = settingsOf(messagesIn(exception.variables, variables));
    if (settings !== own) for (const name of exception.names) byLogGroup.set(name, settings);
  }
  return withExceptions(own, byLogGroup);
}

const NAMES = [...Object.keys(MESSAGE_VARIABLES), "METRICS"] as (keyof CountedVariables)[];

/** Returns the variables of messages and metrics alone, in one order. @param others those that `variables` lacks */
const messagesIn = (variables: Partial<CountedVariables>, others: CountedVariables): CountedVariables =>
  Object.fromEntries(NAMES.map((name) => [name, variables[name] ?? others[name]])) as unknown as CountedVariables;

/** Returns the settings of a lane that has others for some log groups. */
export function withExceptions(own: LaneSettings, byLogGroup: ReadonlyMap<string, LaneSettings>): LaneSettings {
  if (byLogGroup.size === 0) return own;
  return { ...own, byLogGroup, parsing: new ParsingByLogGroup(own.parsing, byLogGroup) };
}

/**
 * Equal variables share their settings. All that are parsed alike share their parsers: the encoder keeps programs of few. Equal metrics
 * share the values of their dimensions, whose number is limited.
 */
function sharedSettings(): (variables: CountedVariables) => LaneSettings {
  const parsings = remembered((options: ParsingVariables) => parsingOf(options));
  const metricSets = remembered((metrics: readonly EventMetric[]) => new MetricSet(metrics));
  return remembered(
    ({ JOIN_LINES, RULES, ARCHIVE_CONTENT, METRICS = [], ...parsed }: CountedVariables): LaneSettings => {
      const rules = RULES.length > 0 ? new RuleSet(RULES) : undefined;
      return {
        parsing: parsings({ ...parsed, areRedacted: rules?.redacts ?? false }),
        joining: JOIN_LINES === "" ? undefined : lineJoining(JOIN_LINES),
        rules,
        metrics: METRICS.length > 0 ? metricSets(METRICS) : undefined,
        archiveContent: ARCHIVE_CONTENT,
      };
    },
  );
}

type ParsingVariables = Omit<MessageVariables, "JOIN_LINES" | "RULES" | "ARCHIVE_CONTENT"> & { areRedacted: boolean };

const parsingOf = (variables: ParsingVariables): MessageParsing =>
  new MessageParsing({
    parser: variables.PARSER,
    fields: variables.PARSER_FIELDS.split(" ").filter((name) => name !== ""),
    keepMessage: variables.KEEP_MESSAGE,
    eventOriginal: variables.EVENT_ORIGINAL,
    extract: variables.EXTRACT_FIELDS.length > 0 ? fieldExtractor(variables.EXTRACT_FIELDS) : undefined,
    areRedacted: variables.areRedacted,
  });

/** Makes one value of equal variables, which have the same order. */
function remembered<Variables extends object, Made>(make: (variables: Variables) => Made): (of: Variables) => Made {
  const known = new Map<string, Made>();
  return (variables) => {
    const key = JSON.stringify(variables);
    const made = known.get(key) ?? make(variables);
    known.set(key, made);
    return made;
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
