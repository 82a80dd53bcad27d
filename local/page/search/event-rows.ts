import { jsonMembers, textOfString } from "../../../core/json/members";
import { levelName } from "../../../search/level-query";
import type { EventField, EventRow } from "../shared/search-answers";
import { GROUP_FIELDS, MESSAGE_FIELDS, STREAM_FIELDS } from "./conditions";
import type { RawHit } from "./hits";
import { documentFields } from "./raw-json";

/** Of a message, in UTF-16 code units: some lines of a screen. */
const MAX_MESSAGE = 2_000;

/** Of another column. */
const MAX_COLUMN = 500;

/** Members of a document that say where it comes from, not what happened. */
const PIPELINES_OWN = new Set(["@timestamp", "aws", "cloud", "event"]);

const LEVEL_NAMES = ["level", "log.level", "severity", "Level", "@l"];

/** Returns a document as a row. @param columns fields to show @param fields of the document @default read from it */
export function eventRowOf(hit: RawHit, columns: readonly string[], fields = documentFields(hit.source)): EventRow {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const text = (names: readonly string[]): string => {
    const name = names.find((each) => byName.get(each)?.value);
    return name === undefined ? "" : byName.get(name)!.value;
  };
  const level = text(LEVEL_NAMES);
  return {
    ...{ index: hit.index, id: hit.id },
    cursor: hit.cursor,
    ...{ time: text(["@timestamp"]), group: text(GROUP_FIELDS), stream: text(STREAM_FIELDS) },
    level: level === "" ? undefined : levelName(level),
    message: cut(text(MESSAGE_FIELDS) || othersOf(hit.source), MAX_MESSAGE),
    columns: Object.fromEntries(columns.flatMap((name) => shownField(name, byName, fields))),
  };
}

function shownField(
  name: string,
  byName: ReadonlyMap<string, EventField>,
  fields: readonly EventField[],
): [string, string][] {
  const own = byName.get(name);
  if (own) return [[name, cut(own.value, MAX_COLUMN)]];
  // An object: its members.
  const members = fields.filter((field) => field.name.startsWith(`${name}.`));
  const text = members.map((field) => `${field.name.slice(name.length + 1)}=${field.value}`).join(" ");
  return members.length === 0 ? [] : [[name, cut(text, MAX_COLUMN)]];
}

/** What a document without a message says: its own members, as JSON. */
function othersOf(source: string): string {
  const own = jsonMembers(source).filter(([name]) => !PIPELINES_OWN.has(textOfString(name)));
  return own.length === 0 ? "" : `{${own.map(([name, value]) => `${name}:${value}`).join(",")}}`;
}

/** No half of a character stays. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
