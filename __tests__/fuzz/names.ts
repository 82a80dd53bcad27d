import type { IndexVariables } from "../../core/events/configured-layouts";
import { INDEX_PERIODS } from "../../core/settings/index-periods";

/** Those of a pipeline with default settings. */
export const DEFAULT_NAMES: IndexVariables = {
  INDEX_PREFIX: "cwl-",
  INDEX_NAME: "",
  INDEX_PERIOD: "day",
  INDEX_HISTORY: [],
};

/** Boundaries at a midnight and at an hour that mutated envelopes have times around. */
const INDEX_HISTORY: IndexVariables["INDEX_HISTORY"] = [
  { until: Date.UTC(2026, 10, 21), prefix: "old-", index: "", period: "month" },
  { until: Date.UTC(2026, 10, 21, 3), prefix: "cwl-", index: "both", period: "hour" },
];

/** The names that envelopes are read with, one after the other. */
export const ALL_NAMES: readonly IndexVariables[] = INDEX_PERIODS.flatMap((INDEX_PERIOD) => [
  { ...DEFAULT_NAMES, INDEX_PERIOD },
  { ...DEFAULT_NAMES, INDEX_PERIOD, INDEX_NAME: "apps", INDEX_HISTORY },
]);
