import { pipelineObjects } from "../../../search/saved-objects/pipeline-objects";
import { defaultIndexSettings } from "../../support/index-settings";
import { savedObjectMistakes } from "../../support/saved-object-types";

const objects = pipelineObjects(defaultIndexSettings());
const keys = objects.map(({ type, id }) => `${type}:${id}`);

it("has an index pattern, five saved searches, five visualizations and a dashboard", () => {
  const types = objects.map(({ type }) => type);
  expect(types).toEqual(["index-pattern", ...Array(5).fill("search"), ...Array(5).fill("visualization"), "dashboard"]);
});

it.each(objects)("has the attributes and references of its type: $id", (object) => {
  expect(savedObjectMistakes(object)).toEqual([]);
});

it("is found to be wrong with a member that its type does not have", () => {
  const [pattern, search] = objects;
  expect(savedObjectMistakes({ ...search!, attributes: { ...search!.attributes, filters: [] } })).toHaveLength(1);
  expect(savedObjectMistakes({ ...search!, references: [] })).toHaveLength(1);
  expect(savedObjectMistakes({ ...pattern!, attributes: { title: "cwl-*" } })).toHaveLength(1);
});

it("comes after what it refers to, and refers to nothing else", () => {
  for (const [i, { references }] of objects.entries()) {
    const before = keys.slice(0, i);
    expect(references.filter(({ type, id }) => !before.includes(`${type}:${id}`))).toEqual([]);
  }
});

it("shows each visualization on the dashboard", () => {
  const shown = objects.at(-1)!.references.filter(({ type }) => type === "visualization");
  expect(shown.map(({ id }) => id)).toEqual(objects.filter(({ type }) => type === "visualization").map(({ id }) => id));
});

it("has the same ids at each run, and others for another pipeline, whatever its name", () => {
  expect(pipelineObjects(defaultIndexSettings({ prefix: "other-", retentionDays: 1 })).map(({ id }) => id)).toEqual(
    objects.map(({ id }) => id),
  );
  const slugs = objects.map(({ id }) => id.slice("logging-pipeline-".length));
  for (const slug of slugs) expect(slugs.filter((other) => other.endsWith(`-${slug}`))).toEqual([]);
});

it("has an index pattern of the indices of now and of before", () => {
  const history = [
    { until: Date.parse("2026-12-01T00:00:00Z"), prefix: "old-", period: "week", indices: new Map() },
  ] as const;
  const [pattern] = pipelineObjects(defaultIndexSettings({ history }));
  expect(pattern!.attributes).toEqual({ title: "cwl-*-20*.*.*,old-*-20*.w*", timeFieldName: "@timestamp" });
});
