import { ANY_LEVEL } from "../level-query";
import { indexPatternId } from "./index-pattern";
import { type SavedObject, type SavedObjectNames, savedObject, savedObjectId, savedObjectTitle } from "./saved-object";
import { type SearchSource, searchSource } from "./search-source";

interface SavedSearch extends SearchSource {
  slug: string;
  title: string;
  description: string;
  /** Besides the time. */
  columns: readonly string[];
  /** @default the newest first */
  direction?: "asc";
}

const LOG_GROUP = "aws.cloudwatch.log_group";
const LOG_STREAM = "aws.cloudwatch.log_stream";

/** The search that the dashboard shows. */
export const NEWEST_SLUG = "last-15-minutes";

const SEARCHES: readonly SavedSearch[] = [
  {
    slug: NEWEST_SLUG,
    title: "last 15 minutes",
    description: "The newest events, whatever time is chosen.",
    columns: ["logger", "message"],
    filter: { alias: "last 15 minutes", query: { range: { "@timestamp": { gte: "now-15m", lte: "now" } } } },
  },
  {
    slug: "by-application",
    title: "by application",
    description:
      "Events that say which application wrote them. Add service.name, json.service or tags.applicationName as a filter.",
    text: "service.name: * or json.service: * or tags.applicationName: *",
    columns: ["service.name", "json.service", "tags.applicationName", LOG_GROUP, "message"],
  },
  {
    slug: "by-level",
    title: "by level",
    description: "Events that have a level. Add it as a filter.",
    text: ANY_LEVEL,
    columns: ["level", "log.level", "severity", "Level", "logger", "message"],
  },
  {
    slug: "by-logger",
    title: "by logger",
    description: "Events that name their logger. Add it as a filter.",
    text: "logger: * or log.logger: *",
    columns: ["logger", "log.logger", "message"],
  },
  {
    slug: "log-stream",
    title: "events of a log stream",
    description: "The oldest first, as the stream has them. Add aws.cloudwatch.log_stream as a filter.",
    text: `${LOG_STREAM}: *`,
    columns: [LOG_GROUP, LOG_STREAM, "message"],
    direction: "asc",
  },
];

/** Returns the saved searches of a pipeline. */
export function searchObjects(names: SavedObjectNames): SavedObject[] {
  return SEARCHES.map(({ slug, title, description, columns, direction = "desc", ...source }) => {
    const { attribute, references } = searchSource(source, indexPatternId(names.pipeline));
    const sort = [["@timestamp", direction]];
    const shown = { title: savedObjectTitle(names, title), description, columns, sort };
    return savedObject(
      "search",
      savedObjectId(names, slug),
      { ...shown, hits: 0, version: 1, ...attribute },
      references,
    );
  });
}
