import { INDEX_HISTORY_ALLOWED, parseIndexHistory } from "./index-history";
import { textMatching, type Variable } from "./variable";

/** A name of the pipeline's in an engine, or none. */
export const NAME_OR_NOTHING = {
  allowed: "nothing, or up to 100 of a-z 0-9 . _ -, the first a letter or digit",
  default: "",
  ...textMatching(/^([a-z0-9][a-z0-9._-]{0,99})?$/),
};

export const INDEX_NAME = {
  meaning: "Index that all events share, without prefix and period. Empty: each log group has an index of its own.",
  ...NAME_OR_NOTHING,
} satisfies Variable<string>;

export const INDEX_HISTORY = {
  meaning: "Names of the indices of events before a point in time, so that a change keeps those of earlier events.",
  allowed: INDEX_HISTORY_ALLOWED,
  default: "{}",
  parse: parseIndexHistory,
} satisfies Variable<ReturnType<typeof parseIndexHistory>>;
