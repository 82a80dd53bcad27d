import { type SavedObject, type SavedObjectNames, savedObject, savedObjectId, savedObjectTitle } from "./saved-object";

/** Dashboards' grid has 48 columns. */
const COLUMNS = 48;

const HEIGHT = 12;

/** Any from 7.3 on says that the panels have their present form. */
const PANEL_VERSION = "7.9.3";

/**
 * Returns the dashboard of these visualizations, two in a row, and of a saved search below them.
 *
 * @param search as wide as the dashboard
 */
export function dashboardObject(
  names: SavedObjectNames,
  visualizations: readonly SavedObject[],
  search: SavedObject,
): SavedObject {
  const width = COLUMNS / 2;
  const shown = visualizations.map((object, i) => {
    const isLastOfOdd = i === visualizations.length - 1 && i % 2 === 0;
    const place = { x: (i % 2) * width, y: Math.floor(i / 2) * HEIGHT, w: isLastOfOdd ? COLUMNS : width, h: HEIGHT };
    return { object, place };
  });
  const below = Math.ceil(visualizations.length / 2) * HEIGHT;
  shown.push({ object: search, place: { x: 0, y: below, w: COLUMNS, h: 2 * HEIGHT } });
  const panels = shown.map(({ place }, i) => ({
    version: PANEL_VERSION,
    gridData: { ...place, i: String(i) },
    panelIndex: String(i),
    embeddableConfig: {},
    panelRefName: `panel_${i}`,
  }));
  const attributes = {
    title: savedObjectTitle(names, "overview"),
    description: "Levels, log groups, errors, durations and rejections, and the newest events.",
    panelsJSON: JSON.stringify(panels),
    optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
    timeRestore: true,
    timeFrom: "now-15m",
    timeTo: "now",
    refreshInterval: { pause: true, value: 0 },
    hits: 0,
    version: 1,
    kibanaSavedObjectMeta: {
      searchSourceJSON: JSON.stringify({ query: { query: "", language: "kuery" }, filter: [] }),
    },
  };
  const references = shown.map(({ object: { type, id } }, i) => ({ name: `panel_${i}`, type, id }));
  return savedObject("dashboard", savedObjectId(names, "overview"), attributes, references);
}
