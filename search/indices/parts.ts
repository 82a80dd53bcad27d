import { indicesOfSettings } from "../../core/indices/configured-indices";
import type { Lifecycle } from "../../core/indices/ensure-indices";
import type { FoundLifecycle } from "../../core/indices/lifecycle";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import type { IndexSettings } from "../../core/settings/index-settings";
import { ApiError } from "../api-error";
import type { ApiClient } from "../client";
import { type SetupItem, type SetupPart, UnavailableError } from "../setup/item";
import { lifecycleItems, readLifecycle } from "./lifecycle";
import { overlapWarnings } from "./overlaps";
import { pipelineTemplate, templateItem } from "./template";

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
  // Read once: the template says by what the indices are deleted.
  let lifecycle: Promise<FoundLifecycle | undefined> | undefined;
  const lifecycleOf = (own: PipelineIndices) => {
    lifecycle ??= readLifecycle(own, engine);
    return lifecycle;
  };
  return [
    managed("lifecycle policy", async (own) => lifecycleItems(own, await lifecycleOf(own), engine)),
    {
      ...managed("index template", async (own) => [
        templateItem(pipelineTemplate(own, await lifecycleKind(own, lifecycleOf)), engine),
      ]),
      async warnings() {
        const { body } = await engine.call({ method: "GET", path: "/_index_template" });
        return indices ? overlapWarnings(indices, body, Date.now()) : [];
      },
    },
  ];
}

/** What cannot be read is reported by the policy's own part. */
async function lifecycleKind(
  indices: PipelineIndices,
  lifecycleOf: (indices: PipelineIndices) => Promise<FoundLifecycle | undefined>,
): Promise<Lifecycle> {
  if (indices.retentionDays === 0) return "none";
  try {
    return (await lifecycleOf(indices))?.api.kind ?? "none";
  } catch (error) {
    if (error instanceof ApiError) return "none";
    throw error;
  }
}
