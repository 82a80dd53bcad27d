import { ENVIRONMENT } from "./environment";
import { INDEX_NAME_PART, parseBoundary } from "./index-history";
import type { IndexPeriod } from "./index-periods";
import { JsonMembers, type MemberRule } from "./json-members";
import { MESSAGE_VARIABLES, type MessageVariables } from "./message-variables";
import { parsedJson } from "./parsed-json";
import type { Variable } from "./variable";

/** How a pipeline names its indices. */
export interface IndexNames {
  prefix: string;
  period: IndexPeriod;
  /** The index that a log group or a stream shares with others, without prefix and period. Absent: it has the default. */
  indices: ReadonlyMap<string, string>;
  /** That of all log groups and streams that `indices` lacks. @default each has its own */
  defaultIndex?: string;
}

/** How a pipeline named its indices until a point in time. */
export interface PastIndexNames extends IndexNames {
  /** Exclusive, in ms since the epoch: events before it keep these names. */
  until: number;
}

/** How a pipeline names its indices, and named them before. */
export interface NamedIndices extends IndexNames {
  /** The earliest first. */
  history: readonly PastIndexNames[];
}

/** What a pipeline's Terraform output `index_settings` holds. */
export interface IndexSettings extends NamedIndices {
  /** The pipeline's, and that of its index template and lifecycle policy. */
  name: string;
  /** 0: indices are kept for ever. */
  retentionDays: number;
  /** Primary shards of a new index. */
  shards: number;
  /** Maximum number of replicas of a new index. */
  replicas: number;
  refreshIntervalSeconds: number;
  /** Of the events in a new index; `time`: the latest first. */
  sort: "none" | "time";
  /** Whether the pipeline puts its index template. */
  template: "managed" | "none";
  /**
   * What becomes of messages, by log group and by stream: a log group that has none has those of the stream through which its events
   * came. Undefined: the settings are of a version that does not put it out.
   */
  messages: ReadonlyMap<string, MessageVariables> | undefined;
}

const NAME: MemberRule<string> = {
  allowed: "1 to 100 of a-z 0-9 . _ -, the first a letter or digit",
  parse: (value) => (INDEX_NAME_PART.test(value) ? value : undefined),
};

const BOUNDARY: MemberRule<number> = {
  allowed: "a whole hour in UTC such as 2026-12-01T00:00:00Z",
  parse: parseBoundary,
};

const TEMPLATE: MemberRule<IndexSettings["template"]> = {
  allowed: "managed or none",
  parse: (value) => (value === "managed" || value === "none" ? value : undefined),
};

/** Returns how a pipeline names its indices that sets its prefix alone: an index of each log group and day. */
export function defaultNames(prefix: string): NamedIndices {
  return { prefix, period: "day", indices: new Map(), history: [] };
}

/** The mistakes in index settings, or none and the settings. */
export type ParsedIndexSettings =
  | { settings: IndexSettings; errors: readonly [] }
  | { settings?: undefined; errors: readonly string[] };

const REPLICAS = Number(ENVIRONMENT.INDEX_REPLICAS.default);

const FORM = "the JSON that `terraform output -json index_settings` prints";

/** Parses what `terraform output -json index_settings` prints. Members that are not known here are left to newer versions. */
export function parseIndexSettings(json: string): ParsedIndexSettings {
  const errors: string[] = [];
  const root = JsonMembers.of(parsedJson(json), "", FORM, errors);
  if (!root) return { errors };
  const settings = {
    name: root.text("name", NAME),
    ...namesIn(root),
    history: historyIn(root),
    retentionDays: root.number("retention_days", ENVIRONMENT.INDEX_RETENTION_DAYS),
    shards: root.number("shards", ENVIRONMENT.INDEX_SHARDS),
    // Absent in what earlier versions of the modules put out.
    replicas: root.has("replicas") ? root.number("replicas", ENVIRONMENT.INDEX_REPLICAS) : REPLICAS,
    refreshIntervalSeconds: root.number("refresh_interval_seconds", ENVIRONMENT.INDEX_REFRESH_INTERVAL_SECONDS),
    sort: root.text("sort", ENVIRONMENT.INDEX_SORT),
    template: root.text("template", TEMPLATE),
    messages: messagesIn(root),
  };
  // Without errors no member is undefined.
  return errors.length > 0 ? { errors } : { settings: settings as IndexSettings, errors: [] };
}

function namesIn(members: JsonMembers) {
  return {
    prefix: members.text("prefix", ENVIRONMENT.INDEX_PREFIX),
    period: members.text("period", ENVIRONMENT.INDEX_PERIOD),
    indices: members.texts("indices", ENVIRONMENT.INDEX_NAME),
    // Absent in what earlier versions of the modules put out.
    ...(members.has("default_index") && { defaultIndex: members.text("default_index", ENVIRONMENT.INDEX_NAME) }),
  };
}

function historyIn(root: JsonMembers) {
  const history = root
    .objects("history", 'an array of {"until", "prefix", "period", "indices", "default_index"}')
    .map((entry) => ({ until: entry.text("until", BOUNDARY), ...namesIn(entry) }))
    .sort((a, b) => (a.until ?? 0) - (b.until ?? 0));
  const boundaries = history.map(({ until }) => until).filter((until) => until !== undefined);
  if (new Set(boundaries).size < boundaries.length) {
    root.errors.push("history has entries with the same until. Allowed: one for each boundary.");
  }
  return history;
}

function messagesIn(root: JsonMembers) {
  if (!root.has("messages")) return undefined;
  const names = Object.keys(MESSAGE_VARIABLES) as (keyof MessageVariables)[];
  const given = root.objectsByName("messages", "an object of objects with the functions' variables");
  return new Map(
    [...given].map(([lane, members]) => {
      const values = names.map((name) => {
        const variable: Variable<unknown> = MESSAGE_VARIABLES[name];
        const value = members.has(name) ? members.text(name, variable) : variable.parse(variable.default!);
        return [name, value];
      });
      // Without errors no value is undefined.
      return [lane, Object.fromEntries(values) as MessageVariables];
    }),
  );
}
