import { StoppedError } from "../archive/outcome-errors";
import type { Envelope } from "../core/events/envelope";
import { patternErrors } from "../core/patterns/pattern-errors";
import { type LaneSettings, laneSettings, withExceptions } from "../core/pipelines/message-settings";
import type { RuleCounts } from "../core/rules/rule-set";
import { defaultMessages, type MessageVariables } from "../core/settings/message-variables";
import { count, counted } from "../tools/text/numbers";
import { UsageError } from "../tools/usage/usage-error";

/** Names in a line that says what is applied to them. */
const MAX_NAMED = 3;

interface Lane {
  names: string[];
  variables: MessageVariables;
  settings: LaneSettings;
}

/** What today's functions make of messages, by log group and by stream; and what that made of those that were replayed. */
export class LaneMessages {
  readonly #lanes = new Map<string, Lane>();
  readonly #others: Lane = laneOf(defaultMessages());
  readonly #counts: RuleCounts = { dropped: 0, sampledOut: 0, redacted: 0, failed: 0 };

  /**
   * @param messages undefined: all have the pipeline's defaults
   * @throws UsageError listing each pattern that RE2 does not take
   */
  constructor(private readonly messages: ReadonlyMap<string, MessageVariables> | undefined) {
    const errors = [...(messages ?? [])].flatMap(([name, variables]) =>
      patternErrors(variables).map((error) => `--index-settings: messages[${JSON.stringify(name)}].${error}`),
    );
    if (errors.length > 0) throw new UsageError(errors);
    const same = new Map<string, Lane>();
    for (const [name, variables] of messages ?? []) {
      const key = JSON.stringify(variables);
      const lane = same.get(key) ?? laneOf(variables);
      same.set(key, lane);
      lane.names.push(name);
      this.#lanes.set(name, lane);
    }
  }

  /**
   * Returns what becomes of the messages of a log group: its own settings, or else those of the stream.
   *
   * @param stream through which its events came, where the bucket says so
   * @throws StoppedError if the settings have neither, and others redact: its events may need it, too
   */
  of(logGroup: string, stream?: string): LaneSettings {
    return this.#of(logGroup, stream).settings;
  }

  /** Whether each event of a log group has a document of its own: none is joined to another, and no rule leaves one out. @param stream see `of` @throws see `of` */
  keepsEvents(logGroup: string, stream?: string): boolean {
    const { JOIN_LINES, RULES } = this.#of(logGroup, stream).variables;
    return JOIN_LINES === "" && RULES.every(({ action }) => action === "redact");
  }

  #of(logGroup: string, stream?: string): Lane {
    const lane = this.#lanes.get(logGroup) ?? (stream === undefined ? undefined : this.#lanes.get(stream));
    if (lane) return lane;
    if (this.#distinct.some(({ settings }) => settings.rules?.redacts)) {
      throw new StoppedError(
        `The index settings have rules that redact, and no messages of ${JSON.stringify(logGroup)}, whose events are in the bucket: ` +
          "add it to the file's messages, with the same object as the log group whose stream it came through.",
      );
    }
    return this.#others;
  }

  /** Returns what becomes of the messages of each of these log groups, which came through a stream. @throws see `of` */
  ofLane(logGroups: readonly string[], stream: string): LaneSettings {
    const each = [...new Set(logGroups)].map((logGroup) => [logGroup, this.of(logGroup, stream)] as const);
    return withExceptions(this.#others.settings, new Map(each));
  }

  /** Returns the envelope with its events joined. @param stream see `of` @throws see `of` */
  joined(envelope: Envelope, stream?: string): Envelope {
    return this.of(envelope.logGroup, stream).joining?.(envelope) ?? envelope;
  }

  /** Counts what rules did to records. */
  count(records: readonly { counts: readonly RuleCounts[] }[], progress: { dropped(events: number): void }): void {
    for (const counts of records.flatMap((record) => record.counts)) {
      for (const name of Object.keys(counts) as (keyof RuleCounts)[]) this.#counts[name] += counts[name];
      progress.dropped(counts.dropped + counts.sampledOut);
    }
  }

  /** Says what is applied. */
  get titles(): string[] {
    if (!this.messages) {
      return [`Messages: ${titleOf(this.#others)}: the pipeline's defaults, because --index-settings is not given`];
    }
    const lanes = this.#distinct;
    return lanes.map((lane) => `Messages${lanes.length > 1 ? ` of ${namesOf(lane)}` : ""}: ${titleOf(lane)}`);
  }

  /** Says what was made of messages. */
  summary(): string {
    const parses = [...this.#distinct, this.#others].map(({ settings }) => settings.parsing.takeCounts());
    const sum = (name: "parsed" | "failed") => parses.reduce((total, counts) => total + counts[name], 0);
    const fields = `made fields of ${counted(sum("parsed"), "message")} (${count(sum("failed"))} parses failed)`;
    return `Today's settings ${fields}, ${this.#outcomes}`;
  }

  /** Says what rules did, where no documents were made. */
  dryRunSummary(): string {
    return `Today's rules ${this.#outcomes}`;
  }

  get #outcomes(): string {
    const { dropped, sampledOut, redacted, failed } = this.#counts;
    return `left out ${count(dropped + sampledOut)} and redacted ${count(redacted)} (${count(failed)} rules failed)`;
  }

  get #distinct(): Lane[] {
    return [...new Set(this.#lanes.values())];
  }
}

const laneOf = (variables: MessageVariables): Lane => ({ names: [], variables, settings: laneSettings(variables) });

function namesOf({ names }: Lane): string {
  const more = names.length - MAX_NAMED;
  return names.slice(0, MAX_NAMED).join(", ") + (more > 0 ? ` and ${count(more)} more` : "");
}

function titleOf({
  variables: { PARSER, PARSER_FIELDS, EXTRACT_FIELDS, JOIN_LINES, RULES, ARCHIVE_CONTENT },
}: Lane): string {
  const actions = [...new Set(RULES.map(({ action }) => action))].join(", ");
  const rules = RULES.length > 0 ? `${counted(RULES.length, "rule")} (${actions})` : "no rules";
  const parts = [`parser ${PARSER}`, rules, `archive ${ARCHIVE_CONTENT}`];
  if (PARSER_FIELDS !== "") parts.push(`fields ${PARSER_FIELDS}`);
  if (EXTRACT_FIELDS.length > 0) parts.push(`extracts ${EXTRACT_FIELDS.map(({ name }) => name).join(", ")}`);
  if (JOIN_LINES !== "") parts.push(`joins lines by ${JSON.stringify(JOIN_LINES)}`);
  return parts.join(", ");
}
