import { type FirehoseIndices, firehoseTemplates } from "../../core/indices/firehose-templates";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { TEMPLATE_VERSION } from "../../core/indices/template";
import { isObject } from "../../core/json/object";
import { ENVIRONMENT } from "../../core/settings/environment";
import type { ApiClient } from "../client";
import type { SetupPart } from "../setup/item";
import { type KeptTemplate, templateItem } from "./template";

type Layout = Pick<PipelineIndices, "shards" | "replicas" | "refreshIntervalSeconds" | "sort">;

/** As a pipeline has them that sets nothing. */
const DEFAULTS: Layout = {
  shards: Number(ENVIRONMENT.INDEX_SHARDS.default),
  replicas: Number(ENVIRONMENT.INDEX_REPLICAS.default),
  refreshIntervalSeconds: Number(ENVIRONMENT.INDEX_REFRESH_INTERVAL_SECONDS.default),
  sort: "none",
};

/** Index templates for what Firehose delivers: settings and mappings as those of the forwarder's indices. */
export function firehoseTemplatesPart(
  indices: readonly FirehoseIndices[],
  layout: Layout | undefined,
  engine: ApiClient,
): SetupPart {
  return {
    title: "index templates of Firehose",
    items: async () => indices.map((each) => templateItem(keptTemplate(each, layout ?? DEFAULTS), engine)),
  };
}

const keptTemplate = (indices: FirehoseIndices, layout: Layout): KeptTemplate => ({
  name: `firehose-${indices.name}`,
  bodies: firehoseTemplates(indices, layout),
  standingOf: (meta) => standingOf(meta, indices),
  foreign:
    "is another owner's and stays as it is: its _meta does not name these indices. Delete it, or give the delivery stream " +
    "another index_name.",
});

/** A delivery stream may begin, or stop, to rotate its index. */
function standingOf(meta: unknown, { name }: FirehoseIndices): ReturnType<KeptTemplate["standingOf"]> {
  if (!isObject(meta) || typeof meta.version !== "number") return "another owner's";
  if (meta.firehose_indices !== name && meta.firehose_indices !== `${name}-*`) return "another owner's";
  return meta.version > TEMPLATE_VERSION ? "newer" : "outdated";
}
