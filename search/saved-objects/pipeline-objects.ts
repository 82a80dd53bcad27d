import type { IndexSettings } from "../../core/settings/index-settings";
import { dashboardObject } from "./dashboard";
import { indexPatternObject } from "./index-pattern";
import { type SavedObject, savedObjectId } from "./saved-object";
import { NEWEST_SLUG, searchObjects } from "./searches";
import { visualizationObjects } from "./visualizations";

/** Returns the saved objects of a pipeline; each comes after those that it refers to. */
export function pipelineObjects(settings: IndexSettings): SavedObject[] {
  const names = { pipeline: settings.name };
  const searches = searchObjects(names);
  const visualizations = visualizationObjects(names);
  const newest = searches.find(({ id }) => id === savedObjectId(names, NEWEST_SLUG))!;
  return [indexPatternObject(settings), ...searches, ...visualizations, dashboardObject(names, visualizations, newest)];
}
