import { isObject } from "../json/object";
import type { EngineIo } from "./engine-call";
import { ensureLifecycle } from "./ensure-lifecycle";
import { OTHER_TEMPLATE, putTemplate, readTemplate, templateWarning } from "./ensure-template";
import { type LifecycleKind, lifecycleSettings } from "./lifecycle";
import { ownerMeta, standingOf } from "./owner";
import type { PipelineIndices } from "./pipeline-indices";
import { indexTemplates, TEMPLATE_VERSION } from "./template";

/**
 * Makes sure that the engine has the index template and, with a retention, the lifecycle policy of these indices. One GET
 * where the template is as it should be: the policy is put first, and the template then says that it is there.
 *
 * Nothing of another owner, and nothing of a newer version, is changed. Processes that do this at the same time put the same.
 *
 * @param onlyMissing whether a template of the pipeline is left as it is, and with it the policy: a command's settings may be older
 * @returns what is not as it should be, one text for each, with advice
 */
export async function ensureIndices(
  indices: PipelineIndices,
  io: EngineIo,
  { onlyMissing = false }: { onlyMissing?: boolean } = {},
): Promise<string[]> {
  const found = await readTemplate(indices, io);
  if (found && "warning" in found) return [found.warning];
  const standing = found && standingOf(found.meta, indices, TEMPLATE_VERSION);
  if (standing === "newer") return [];
  if (onlyMissing && found && standing !== "another owner's") return [];
  const had = standing === "another owner's" ? "none" : lifecycleIn(found?.meta);
  const isDone = (had === "none") === (indices.retentionDays === 0);
  if (standing === "current" && isDone) return [];
  const { lifecycle, warnings } = await lifecycleOf(indices, had, io);
  if (standing === "another owner's") return [...warnings, templateWarning(indices, OTHER_TEMPLATE)];
  if (standing === "current" && lifecycle === had) return warnings;
  const refused = await putTemplate(indices, templatesOf(indices, lifecycle), io);
  return refused === undefined ? warnings : [...warnings, refused];
}

/** By what the engine deletes the indices, as the template says. */
export type Lifecycle = LifecycleKind | "none";

function lifecycleIn(meta: unknown): Lifecycle {
  const { lifecycle } = isObject(meta) ? meta : {};
  return lifecycle === "ism" || lifecycle === "ilm" ? lifecycle : "none";
}

/** A policy that was put before and is not wanted any more is changed to delete nothing: a missing one would leave its copies in the indices. */
async function lifecycleOf(indices: PipelineIndices, had: Lifecycle, io: EngineIo) {
  const isWanted = indices.retentionDays > 0;
  if (!isWanted && had === "none") return { lifecycle: had, warnings: [] };
  const ensured = await ensureLifecycle(indices, io);
  const warnings = "warning" in ensured ? [ensured.warning] : [];
  if ("warning" in ensured) return { lifecycle: isWanted ? ("none" as const) : had, warnings };
  return { lifecycle: isWanted ? ensured.kind : ("none" as const), warnings };
}

/** Returns the templates, the best first, each with what it, and an index that is made by it, say about themselves. */
export function templatesOf(indices: PipelineIndices, lifecycle: Lifecycle): object[] {
  const _meta = { ...ownerMeta(indices, TEMPLATE_VERSION), lifecycle };
  const { pipeline, index_prefix, version } = _meta;
  return indexTemplates(indices).map((body) => {
    const settings = { ...body.template.settings, ...lifecycleSettings(lifecycle, indices.name) };
    const mappings = { ...body.template.mappings, _meta: { pipeline, index_prefix, version } };
    return { ...body, template: { settings, mappings }, _meta };
  });
}
