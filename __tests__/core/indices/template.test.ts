import type { PipelineIndices } from "../../../core/indices/pipeline-indices";
import { type IndexTemplate, indexTemplates } from "../../../core/indices/template";
import { CWL } from "../../support/layouts";

const INDICES: PipelineIndices = {
  ...{
    name: "pipeline",
    layouts: CWL,
    shards: 3,
    replicas: 2,
    refreshIntervalSeconds: 5,
    sort: "none",
    retentionDays: 0,
  },
};
const templates = indexTemplates(INDICES);

/** The types of fields in a part of a mapping. */
const typesIn = (mapping: unknown): string[] =>
  [...JSON.stringify(mapping).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type!);

describe("the index templates", () => {
  it("have the settings that the pipeline says", () => {
    for (const { index_patterns, priority, template } of templates) {
      expect([index_patterns, priority]).toEqual([["cwl-*-20*.*.*"], 104]);
      expect(template.settings).toMatchObject({
        ...{ "index.number_of_shards": 3, "index.auto_expand_replicas": "0-2", "index.refresh_interval": "5s" },
      });
    }
  });

  it("leave an engine its own refresh, which rests while nobody searches, unless the pipeline says more than a second", () => {
    const [{ template }] = indexTemplates({ ...INDICES, refreshIntervalSeconds: 1 }) as [IndexTemplate];
    expect(template.settings).not.toHaveProperty(["index.refresh_interval"]);
  });

  it("sort an index if the pipeline says so", () => {
    const [{ template }] = indexTemplates({ ...INDICES, sort: "time" }) as [IndexTemplate];
    expect(template.settings).toMatchObject({ "index.sort.field": "@timestamp", "index.sort.order": "desc" });
    expect(templates[0]!.template.settings).not.toHaveProperty(["index.sort.field"]);
  });

  it("name each type that not every engine has among their properties, where engines check it at once", () => {
    for (const { template } of templates) {
      const { dynamic_templates, properties } = template.mappings;
      const special = typesIn(dynamic_templates).filter((type) => !["keyword", "double", "text", "ip"].includes(type));
      expect(typesIn(properties)).toEqual(expect.arrayContaining(special));
    }
  });

  it("have objects of any names in a flat_object only where OpenSearch 2.17, which does not survive it, refuses a setting", () => {
    const asked = templates.filter(({ template }) => "index.append_only.enabled" in template.settings);
    expect(asked).toHaveLength(1);
    expect(templates.filter(({ template }) => typesIn(template.mappings).includes("flat_object"))).toEqual(asked);
  });

  it("end with one that needs no type that an engine may lack", () => {
    expect(new Set(typesIn(templates.at(-1)))).toEqual(new Set(["keyword", "double", "text", "ip", "date", "object"]));
  });
});
