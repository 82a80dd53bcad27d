import { type IndexTemplate, indexTemplates } from "../../core/indices/template";
import { WITHOUT_EXACT } from "../report/targets";
import { benchLayouts, earlierBodies } from "../subjects/index-bodies";
import { BENCH_PREFIX } from "../subjects/index-engine";

/** A way to index the bodies of a corpus. */
export interface IndexVariant {
  name: string;
  /** Templates, the best first; none: the engine's dynamic mapping. */
  templates: readonly IndexTemplate[];
  /** Changes the bodies. @default they stay as the forwarder sends them */
  bodies?(bodies: readonly Buffer[]): readonly Buffer[];
}

/** What the pipeline did before it had a template: its documents of then, mapped by the engine. */
export const DYNAMIC = "dynamic mapping";

const SHIPPED = indexTemplates({
  name: BENCH_PREFIX,
  layouts: benchLayouts(),
  shards: 1,
  replicas: 1,
  refreshIntervalSeconds: 1,
  sort: "none",
  retentionDays: 0,
});

/** The shipped templates with further settings of the index. */
const withSettings = (settings: Readonly<Record<string, unknown>>): IndexTemplate[] =>
  SHIPPED.map((body) => ({
    ...body,
    template: { ...body.template, settings: { ...body.template.settings, ...settings } },
  }));

const withoutExact = SHIPPED.map(
  (body): IndexTemplate => JSON.parse(JSON.stringify(body, (_key, value) => (value?.exact ? undefined : value))),
);

export const CONTENT: readonly IndexVariant[] = [
  { name: DYNAMIC, templates: [], bodies: earlierBodies },
  { name: WITHOUT_EXACT, templates: withoutExact },
  { name: "template", templates: SHIPPED },
];

/** What one more decision costs or saves, against the template as it is shipped. */
export const CHOICES: readonly IndexVariant[] = [
  { name: "template", templates: SHIPPED },
  {
    name: "sorted by @timestamp, descending",
    templates: withSettings({ "index.sort.field": "@timestamp", "index.sort.order": "desc" }),
  },
  { name: "codec: default", templates: withSettings({ "index.codec": "default" }) },
  { name: "refresh: 1 s, searched or not", templates: withSettings({ "index.refresh_interval": "1s" }) },
  { name: "refresh: 30 s", templates: withSettings({ "index.refresh_interval": "30s" }) },
  { name: "documents of before the template", templates: SHIPPED, bodies: earlierBodies },
];
