import { isObject, parsedObject } from "../../../core/json/object";
import { quotedAnswer } from "../../search-endpoint/engine-request";
import { GROUP_FIELDS, STREAM_FIELDS, type WholeName } from "./conditions";
import { type EngineSearch, EngineSearchError } from "./engine-search";
import { OncePerSecond } from "./once-per-second";

/** What a search has to know of the indices' fields. */
export interface IndexFields {
  /** Those that a column may show, sorted. */
  readonly names: readonly string[];
  /** `GROUP_FIELDS` as whole names. */
  readonly groups: readonly WholeName[];
  /** `STREAM_FIELDS`, likewise. */
  readonly streams: readonly WholeName[];
  /** Indices that no search finds anything in. */
  readonly closed: readonly string[];
}

/** New fields are seen after so long. */
const KEEP_MS = 30_000;

/** Fields that a list of columns offers. */
const MAX_NAMES = 2_000;

/** Reads the fields of all indices, at most every 30 seconds. */
export function indexFieldsOf(engine: EngineSearch): () => Promise<IndexFields> {
  const answers = new OncePerSecond<IndexFields>(undefined, KEEP_MS);
  const ask = async () => {
    const [fields, closed] = await Promise.all([answerObject(engine, "_field_caps?fields=*"), closedIndices(engine)]);
    return { ...fieldsIn(fields), closed };
  };
  return () => answers.ask("", ask);
}

async function answerObject(engine: EngineSearch, api: string): Promise<Record<string, unknown>> {
  const body = await engine.ask(api, undefined);
  const answer = parsedObject(body);
  if (answer) return answer;
  throw new EngineSearchError(
    `The search engine's answer to ${api} is no JSON object: ${quotedAnswer(body)}. Ask it without a proxy in between.`,
  );
}

/** None where the engine does not let this machine see them. */
async function closedIndices(engine: EngineSearch): Promise<string[]> {
  const settings = await answerObject(engine, "_settings/index.creation_date?expand_wildcards=closed").catch(
    () => ({}),
  );
  return Object.entries(settings)
    .filter(([, value]) => isObject(value) && isObject(value.settings))
    .map(([name]) => name)
    .sort();
}

type Capabilities = Record<string, { readonly aggregatable?: boolean; readonly metadata_field?: boolean }>;

function fieldsIn(response: Record<string, unknown>): Omit<IndexFields, "closed"> {
  const given = isObject(response.fields) ? Object.entries(response.fields) : [];
  // A map has no names of its own, as an object has `constructor`.
  const fields = new Map(given.filter((entry): entry is [string, Capabilities] => isObject(entry[1])));
  const wholeName = (name: string): WholeName => {
    const types = Object.values(fields.get(name) ?? {});
    // One that no index has is found nowhere.
    if (types.every(({ aggregatable }) => aggregatable)) return { exact: name, other: undefined };
    return { exact: `${name}.keyword`, other: types.some(({ aggregatable }) => aggregatable) ? name : undefined };
  };
  const names = [...fields]
    .filter(([name, types]) => !/^_|\.$/.test(name) && !("object" in types) && !isPart(name, fields))
    .map(([name]) => name);
  return {
    names: names.sort().slice(0, MAX_NAMES),
    groups: GROUP_FIELDS.map(wholeName),
    streams: STREAM_FIELDS.map(wholeName),
  };
}

/** Whether it is a field of a field, such as `status.exact`, which no event has. */
function isPart(name: string, fields: ReadonlyMap<string, Capabilities>): boolean {
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : fields.get(name.slice(0, dot));
  return parent !== undefined && !("object" in parent) && !("nested" in parent) && !isFlat(parent);
}

const isFlat = (types: Capabilities): boolean => "flat_object" in types || "flattened" in types;
