import { indicesOfSettings } from "../../core/indices/configured-indices";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import type { IndexSettings } from "../../core/settings/index-settings";
import type { ApiClient } from "../client";
import { type SetupItem, type SetupPart, UnavailableError } from "../setup/item";
import { lifecycleItems } from "./lifecycle";
import { overlapWarnings } from "./overlaps";
import { templateItem } from "./template";

/** Lifecycle policy and index template, the same that the forwarder puts. */
export function indexParts(settings: IndexSettings, engine: ApiClient): SetupPart[] {
  const indices = indicesOfSettings(settings);
  const managed = (title: string, items: (indices: PipelineIndices) => Promise<SetupItem[]>): SetupPart => ({
    title,
    async items() {
      if (!indices) throw new UnavailableError('index_template is "none": it is somebody else\'s.');
      return items(indices);
    },
  });
  return [
    managed("lifecycle policy", (own) => lifecycleItems(own, engine)),
    {
      ...managed("index template", async (own) => [await templateItem(own, engine)]),
      async warnings() {
        const { body } = await engine.call({ method: "GET", path: "/_index_template" });
        return indices ? overlapWarnings(indices, body, Date.now()) : [];
      },
    },
  ];
}
