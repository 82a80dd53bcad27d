import { indexPatterns } from "../events/index-layout";
import type { PipelineIndices } from "./pipeline-indices";
import { templatePriority } from "./priority";
import { type EngineFeatures, templateMappings } from "./template-mappings";

/** Of the templates' content; an engine's template of a higher version is left alone. */
export const TEMPLATE_VERSION = 2;

/** The body of `PUT _index_template/<name>`, without what says whose it is. */
export interface IndexTemplate {
  index_patterns: string[];
  priority: number;
  template: { settings: Record<string, unknown>; mappings: Record<string, unknown> };
}

/** What engines can have, the best first; the last is for every engine that knows index templates. */
const ENGINES: readonly EngineFeatures[] = [
  { hasMatchOnlyText: true, labels: "flat_object" },
  { hasMatchOnlyText: true, labels: "flattened" },
  { hasMatchOnlyText: true, labels: "none" },
  { hasMatchOnlyText: false, labels: "flattened" },
  { hasMatchOnlyText: false, labels: "none" },
];

/** Paths of an index. With strings indexed once, the engines' own default has room for twice as many of them. */
const MAX_FIELDS = 2_000;

/**
 * Of OpenSearch from 2.19 on, and its own default: the body with `flat_object` has it, so that earlier ones refuse that body.
 * They have the type, and up to 2.17 `{"labels":["a"]}` in it keeps a write thread busy for ever (OpenSearch issue 15982).
 */
const SAFE_FLAT_OBJECT = { "index.append_only.enabled": false };

/**
 * Of engines, if nothing is set. Set to the same, an index is refreshed every second for nobody too: left out, an engine waits for the next
 * search where there was none for 30 seconds. Source: OpenSearch documentation, "Index settings", `index.search.idle.after`.
 */
const ENGINES_REFRESH_SECONDS = 1;

/** Returns the templates of these indices, the best first: an engine that lacks a feature of one answers 400, and gets the next. */
export function indexTemplates(indices: PipelineIndices): IndexTemplate[] {
  const { layouts, shards, replicas, refreshIntervalSeconds, sort } = indices;
  const common = {
    "index.number_of_shards": shards,
    // A replica on a single node would never be allocated.
    "index.auto_expand_replicas": `0-${replicas}`,
    ...(refreshIntervalSeconds !== ENGINES_REFRESH_SECONDS && {
      "index.refresh_interval": `${refreshIntervalSeconds}s`,
    }),
    ...(sort === "time" && { "index.sort.field": "@timestamp", "index.sort.order": "desc" }),
    "index.codec": "best_compression",
    "index.mapping.total_fields.limit": MAX_FIELDS,
  };
  return ENGINES.map((features) => {
    const settings = { ...common, ...(features.labels === "flat_object" && SAFE_FLAT_OBJECT) };
    return {
      index_patterns: indexPatterns(layouts),
      priority: templatePriority(layouts),
      template: { settings, mappings: templateMappings(features) },
    };
  });
}
