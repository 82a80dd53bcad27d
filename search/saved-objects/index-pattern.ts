import { layoutsOfSettings } from "../../core/events/configured-layouts";
import { indexPatterns } from "../../core/events/index-layout";
import type { IndexSettings } from "../../core/settings/index-settings";
import { type SavedObject, savedObject, savedObjectId } from "./saved-object";

/** Returns the id of the pipeline's index pattern. */
export const indexPatternId = (pipeline: string): string => savedObjectId({ pipeline }, "logs");

/** Returns the patterns of all indices that the pipeline writes or has written, separated by commas. */
export const indexPatternTitle = (settings: IndexSettings): string =>
  indexPatterns(layoutsOfSettings(settings)).join(",");

/** Returns the index pattern. Dashboards reads the fields from the indices when it opens one without any. */
export function indexPatternObject(settings: IndexSettings): SavedObject {
  const title = indexPatternTitle(settings);
  return savedObject("index-pattern", indexPatternId(settings.name), { title, timeFieldName: "@timestamp" });
}
