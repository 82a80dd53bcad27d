import { isOwnPrefix } from "../events/index-layout";
import { isObject } from "../json/object";
import { type PipelineIndices, settingsText } from "./pipeline-indices";

/** What a template and a policy say about themselves. */
export interface OwnerMeta {
  pipeline: string;
  index_prefix: string;
  /** Of the content that this release writes. */
  version: number;
  /** What it was made from: see `settingsText`. */
  settings: string;
}

/** @param version of the content */
export function ownerMeta(indices: PipelineIndices, version: number): OwnerMeta {
  return {
    pipeline: indices.name,
    index_prefix: indices.layouts.current.prefix,
    version,
    settings: settingsText(indices),
  };
}

/** Current: of this version and these settings. Outdated: of an earlier version, or of other settings. */
export type Standing = "current" | "outdated" | "newer" | "another owner's";

/**
 * Returns how what the engine has compares to what `indices` would put. Without the meta of this pipeline it is another
 * owner's, whatever its name. An earlier prefix of the pipeline is its own.
 */
export function standingOf(meta: unknown, indices: PipelineIndices, version: number): Standing {
  if (!isObject(meta) || typeof meta.version !== "number") return "another owner's";
  if (meta.pipeline !== indices.name || !isOwnPrefix(indices.layouts, meta.index_prefix)) return "another owner's";
  if (meta.version > version) return "newer";
  const wanted = ownerMeta(indices, version);
  const isSame = meta.version === version && meta.index_prefix === wanted.index_prefix;
  return isSame && meta.settings === wanted.settings ? "current" : "outdated";
}
