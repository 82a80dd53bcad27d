import { ANY_LEVEL, levelQuery, levelText } from "../level-query";
import { indexPatternId } from "./index-pattern";
import { type SavedObject, type SavedObjectNames, savedObject, savedObjectId, savedObjectTitle } from "./saved-object";
import { type SearchSource, searchSource } from "./search-source";
import { type Aggregation, COUNT, filtersOf, maximum, overTime, termsOf, visState } from "./vis-state";

interface Visualization extends SearchSource {
  slug: string;
  title: string;
  description: string;
  type: "histogram" | "table";
  /** The metric first. */
  aggs: readonly Aggregation[];
}

const LOG_GROUP = "aws.cloudwatch.log_group";

const LEVELS = {
  fatal: levelText("fatal", "alert", "emerg"),
  error: levelText("error"),
  warn: levelText("warn"),
  info: levelText("info", "http", "success", "notice"),
  debug: levelText("debug", "trace"),
  "no level": `not (${ANY_LEVEL})`,
};

const VISUALIZATIONS: readonly Visualization[] = [
  {
    slug: "levels-over-time",
    title: "levels over time",
    description: "Number of events by their level, in whichever field a logger writes it.",
    type: "histogram",
    aggs: [COUNT, overTime(), filtersOf(LEVELS)],
  },
  {
    slug: "top-log-groups",
    title: "top log groups",
    description: "The log groups with the most events.",
    type: "table",
    aggs: [COUNT, termsOf(LOG_GROUP, { label: "log group" })],
  },
  {
    slug: "errors-by-log-group",
    title: "errors by log group",
    description: "The log groups with the most events of the level error.",
    type: "table",
    filter: { alias: "level error", query: levelQuery("error") },
    aggs: [COUNT, termsOf(LOG_GROUP, { label: "log group" })],
  },
  {
    slug: "slowest",
    title: "slowest functions",
    description: "The longest duration of an invocation that Lambda reports, in functions that log in JSON.",
    type: "table",
    text: "record.metrics.durationMs: *",
    aggs: [maximum("record.metrics.durationMs", "milliseconds"), termsOf(LOG_GROUP, { label: "log group" })],
  },
  {
    slug: "text-documents",
    title: "events indexed as text",
    description: "Number of events that the index rejected with their fields; aws.cloudwatch.rejection says why.",
    type: "histogram",
    text: "aws.cloudwatch.rejection: rejected*",
    aggs: [COUNT, overTime(), termsOf(LOG_GROUP)],
  },
];

/** Returns the visualizations of a pipeline. */
export function visualizationObjects(names: SavedObjectNames): SavedObject[] {
  return VISUALIZATIONS.map(({ slug, title, description, type, aggs, ...source }) => {
    const { attribute, references } = searchSource(source, indexPatternId(names.pipeline));
    const fullTitle = savedObjectTitle(names, title);
    const shown = { title: fullTitle, description, visState: JSON.stringify(visState(fullTitle, type, aggs)) };
    const attributes = { ...shown, uiStateJSON: "{}", version: 1, ...attribute };
    return savedObject("visualization", savedObjectId(names, slug), attributes, references);
  });
}
