import type { IndexSettings } from "../../core/settings/index-settings";

/** Those of a pipeline with the defaults, and `changes`. */
export function defaultIndexSettings(changes: Partial<IndexSettings> = {}): IndexSettings {
  return {
    name: "logging-pipeline",
    prefix: "cwl-",
    period: "day",
    indices: new Map(),
    history: [],
    retentionDays: 30,
    shards: 1,
    replicas: 1,
    refreshIntervalSeconds: 1,
    sort: "none",
    template: "managed",
    messages: undefined,
    ...changes,
  };
}
