import { indexPatterns } from "../events/index-layout";
import type { PipelineIndices } from "./pipeline-indices";
import { templatePriority } from "./priority";

/** Of the templates' content; an engine's template of a higher version is left alone. */
export const TEMPLATE_VERSION = 1;

/** The body of `PUT _index_template/<name>`, without what says whose it is. */
export interface IndexTemplate {
  index_patterns: string[];
  priority: number;
  template: { settings: Record<string, unknown>; mappings: Record<string, unknown> };
}

/** Returns the templates of these indices, the best first: an engine that lacks a feature of one answers 400, and gets the next. */
export function indexTemplates({ layouts, shards, refreshIntervalSeconds }: PipelineIndices): IndexTemplate[] {
  const settings = {
    "index.number_of_shards": shards,
    // A replica on a single node would never be allocated.
    "index.auto_expand_replicas": "0-1",
    "index.refresh_interval": `${refreshIntervalSeconds}s`,
  };
  return [
    {
      index_patterns: indexPatterns(layouts),
      priority: templatePriority(layouts),
      template: { settings, mappings: {} },
    },
  ];
}
