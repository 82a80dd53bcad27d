import { isObject } from "../../../core/json/object";
import { GROUP_FIELDS, STREAM_FIELDS } from "./conditions";
import type { EngineSearch } from "./engine-search";
import { OncePerSecond } from "./once-per-second";

/** What a search has to know of the indices' fields. */
export interface IndexFields {
  /** Those that a column may show, sorted. */
  readonly names: readonly string[];
  /** `GROUP_FIELDS` as whole names: in an index without the template, each is a text with a keyword in it. */
  readonly groups: readonly string[];
  /** `STREAM_FIELDS`, likewise. */
  readonly streams: readonly string[];
}

/** New fields are seen after so long. */
const KEEP_MS = 30_000;

/** Fields that a list of columns offers. */
const MAX_NAMES = 2_000;

/** Reads the fields of all indices, at most every 30 seconds. */
export function indexFieldsOf(engine: EngineSearch): () => Promise<IndexFields> {
  const answers = new OncePerSecond<IndexFields>(undefined, KEEP_MS);
  return () => answers.ask("", async () => fieldsIn(JSON.parse(await engine.ask("_field_caps?fields=*", undefined))));
}

type Capabilities = Record<string, { readonly aggregatable?: boolean; readonly metadata_field?: boolean }>;

function fieldsIn(response: { readonly fields?: unknown }): IndexFields {
  const fields = isObject(response.fields) ? (response.fields as Record<string, Capabilities>) : {};
  // One that no index has is found nowhere.
  const isWhole = (name: string) => Object.values(fields[name] ?? {}).every(({ aggregatable }) => aggregatable);
  const wholeName = (name: string) => (isWhole(name) ? name : `${name}.keyword`);
  const names = Object.entries(fields)
    .filter(([name, types]) => !/^_|\.$/.test(name) && !("object" in types) && !isPart(name, fields))
    .map(([name]) => name);
  return {
    names: names.sort().slice(0, MAX_NAMES),
    groups: GROUP_FIELDS.map(wholeName),
    streams: STREAM_FIELDS.map(wholeName),
  };
}

/** Whether it is a field of a field, such as `status.exact`, which no event has. */
function isPart(name: string, fields: Record<string, Capabilities>): boolean {
  const parent = fields[name.slice(0, name.lastIndexOf("."))];
  return parent !== undefined && !("object" in parent) && !("nested" in parent) && !isFlat(parent);
}

const isFlat = (types: Capabilities): boolean => "flat_object" in types || "flattened" in types;
