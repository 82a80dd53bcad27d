import { isObject, parsedArray, parsedObject } from "../../core/json/object";
import type { IndexSettings } from "../../core/settings/index-settings";
import type { SetupArguments } from "../arguments/setup-arguments";
import { apiClient } from "../client";
import { commonMembers } from "../setup/compare";
import { type SetupItem, type SetupPart, UnavailableError } from "../setup/item";
import { pipelineObjects } from "./pipeline-objects";
import type { SavedObject } from "./saved-object";
import { keyOf, type SavedObjectContent, type SavedObjectsApi, savedObjectsApi } from "./saved-objects-api";

/** The part of set-up that keeps a pipeline's saved objects in Dashboards. No other objects are read or written. */
export function savedObjectsPart({
  settings,
  dashboardsUrl,
  login,
}: Pick<SetupArguments, "dashboardsUrl" | "login"> & { readonly settings: IndexSettings }): SetupPart {
  return {
    title: "Dashboards' saved objects",
    async items() {
      if (dashboardsUrl === undefined) throw new UnavailableError("--dashboards-url is not given.");
      const { origin, pathname } = new URL(dashboardsUrl);
      const api = savedObjectsApi(apiClient(origin, login), pathname.replace(/\/$/, ""));
      const objects = pipelineObjects(settings);
      const stored = await api.read(objects);
      return objects.map((object) => savedObjectItem(api, object, stored.get(keyOf(object))));
    },
  };
}

function savedObjectItem(api: SavedObjectsApi, object: SavedObject, stored: SavedObjectContent | undefined): SetupItem {
  const desired = contentOf(object);
  return {
    title: `${object.type} ${object.id}`,
    desired,
    async read() {
      return stored && { actual: commonMembers(contentOf(stored), desired), desired };
    },
    // Members that Dashboards or people have added stay: an index pattern's fields, a format, a scripted field.
    write: () => api.write({ ...object, attributes: { ...stored?.attributes, ...object.attributes } }),
  };
}

/** What is compared: texts that are JSON as what they hold, and references in the order of their names. */
function contentOf({ attributes, references }: SavedObjectContent): object {
  const byName = [...references].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { attributes: parsedTexts(attributes), references: byName.map(({ name, type, id }) => ({ name, type, id })) };
}

function parsedTexts(value: unknown): unknown {
  if (typeof value === "string") return parsedObject(value) ?? parsedArray(value) ?? value;
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parsedTexts(member)]))
    : value;
}
