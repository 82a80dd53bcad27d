import type { SavedObject, SavedObjectType } from "../../search/saved-objects/saved-object";

/**
 * Checks of saved objects, written from the types that OpenSearch Dashboards' main branch (3.6.0) registers: the mappings in
 * src/plugins/{data,discover,visualizations,dashboard}/server/saved_objects/{index_patterns,search,visualization,dashboard}.ts, which
 * are strict but for that of index patterns, and the shape that their migrations leave. The last of these are of before the first
 * OpenSearch Dashboards (index pattern 7.6.0, search 7.9.3, visualization 7.10.0, dashboard 7.9.3), so that 1.x to 3.x are alike.
 */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const integer: Check = (value) => Number.isInteger(value);
const flag: Check = (value) => typeof value === "boolean";
const texts: Check = (value) => Array.isArray(value) && value.every(text);

const json =
  (check: Check): Check =>
  (value) => {
    try {
      return check(JSON.parse(value as string));
    } catch {
      return false;
    }
  };

const shape =
  (required: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const checks: Record<string, Check> = { ...required, ...optional };
    return (
      Object.keys(required).every((name) => name in value) &&
      Object.entries(value).every(([name, member]) => checks[name]?.(member) ?? false)
    );
  };

const arrayOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const anything: Check = () => true;
const filterMeta = shape(
  { alias: text, disabled: flag, negate: flag, type: text, key: text, value: text },
  { index: text, indexRefName: text },
);
const filter = shape({ $state: shape({ store: text }), meta: filterMeta, query: anything });
const query = shape({ query: text, language: (value) => value === "kuery" || value === "lucene" });
const meta = shape({
  searchSourceJSON: json(shape({ query, filter: arrayOf(filter) }, { indexRefName: text, index: text })),
});
const sort: Check = arrayOf(
  (pair) => texts(pair) && (pair as string[]).length === 2 && /^(asc|desc)$/.test((pair as string[])[1]!),
);
const agg = shape({ id: text, enabled: flag, type: text, schema: text, params: anything });
const gridData = shape({ x: integer, y: integer, w: integer, h: integer, i: text });
const panel = shape({ version: text, gridData, panelIndex: text, embeddableConfig: anything, panelRefName: text });

const ATTRIBUTES: Record<SavedObjectType, Check> = {
  "index-pattern": shape(
    { title: text, timeFieldName: text },
    { fields: json(arrayOf(anything)), fieldFormatMap: text },
  ),
  search: shape(
    { title: text, columns: texts, sort, kibanaSavedObjectMeta: meta },
    { description: text, hits: integer, version: integer },
  ),
  visualization: shape(
    {
      title: text,
      visState: json(shape({ title: text, type: text, params: anything, aggs: arrayOf(agg) })),
      kibanaSavedObjectMeta: meta,
    },
    { description: text, uiStateJSON: json(anything), version: integer },
  ),
  dashboard: shape(
    { title: text, panelsJSON: json(arrayOf(panel)), optionsJSON: json(anything), kibanaSavedObjectMeta: meta },
    {
      description: text,
      hits: integer,
      refreshInterval: shape({}, { display: text, pause: flag, section: integer, value: integer }),
      timeFrom: text,
      timeRestore: flag,
      timeTo: text,
      version: integer,
    },
  ),
};

/** Returns what is wrong with an object: members that its type has not, and names of references that it has not. */
export function savedObjectMistakes(object: SavedObject): string[] {
  const { type, attributes, references } = object;
  const mistakes = ATTRIBUTES[type](attributes) ? [] : [`attributes of ${type} ${object.id}`];
  const used = [...JSON.stringify(attributes).matchAll(/RefName\\*":\\*"(.+?)\\*"/g)].map(([, name]) => name!);
  const named = references.map(({ name }) => name);
  if (JSON.stringify([...used].sort()) !== JSON.stringify([...named].sort()))
    mistakes.push(`references of ${object.id}`);
  return mistakes;
}
