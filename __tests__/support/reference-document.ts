import type { Envelope } from "../../core/events/envelope";
import { canonical, type Json, type Member, parseJson } from "./json";

/** The engines' metadata fields that a document's root must not have. */
const METADATA =
  "__soft_deletes _data_stream_timestamp _doc_count _feature _field_names _id _ignored _ignored_source _index " +
  "_nested_path _primary_term _recovery_source _recovery_source_size _routing _seq_no _size _source _tier _tombstone " +
  "_tsid _type _uid _version";

/** Root fields of a message that never stay at the root. */
export const RESERVED = ["@timestamp", "cloud", "aws", "json", ...METADATA.split(" ")];

/** What an engine may map as a date: 2026-11, -2026-11-21T03:00:00,5Europe/Berlin, +12026/11/21 03:00:00, "1." and a dot … */
function isDate(text: string): boolean {
  if (/^[-+]?[0-9]+[.][0-9]*[.]$/.test(text)) return true;
  const [, day, separator, time] =
    /^[-+]?[0-9]{4,}(-[0-9]{2}-[0-9]{2}|-[0-9]{2}(?!-)|(?:[/][0-9]{2}){1,2}|)(T| |(?=[-+Z])|$)(.*)$/s.exec(text) ?? [];
  if (day === undefined || time === undefined || !isDay(day)) return false;
  if (separator !== "T") return day !== "" && withoutZone(time) === "";
  if (time === "") return true;
  return /^[0-9]/.test(time) && /^([A-Za-z][A-Za-z0-9_~/.+:-]*)?$/.test(withoutOffsets(time));
}
/** Whether it is none of a whole date's that engines refuse, as -54-32. */
function isDay(text: string): boolean {
  const [month, day] = text.split("-").slice(1).map(Number);
  return day === undefined || (month! >= 1 && month! <= 12 && day >= 1 && day <= 31);
}
const withoutClock = (time: string): string =>
  time.replace(/^([0-9]{2})(:[0-9:.,]*)?/, (clock, hour) => (Number(hour) <= 24 ? "" : clock));
const withoutOffsets = (time: string): string => withoutClock(time).replace(/^( ?[-+][0-9:]+)+/, "");
const withoutZone = (time: string): string => withoutOffsets(time).replace(/^ ?Z?$/, "");

/** A text as it stands in a document. */
export const indexedText = (text: string): string => (isDate(text) ? `${text}\n` : text.toWellFormed());

const string = (text: string): Json => ({ string: indexedText(text) });
const object = (...members: Member[]): Json => ({ members });

/**
 * The document of an event, as docs/decisions/0002-documents.md describes it: plain, on a parsed message, without regard
 * for speed.
 */
export function referenceDocument(message: string, time: string, envelope: Envelope, region: string): Json {
  const { owner, logGroup, logStream } = envelope;
  const ownOf = (...rejection: Member[]): Member[] => [
    ["@timestamp", { string: time }],
    ["cloud", object(["account", object(["id", string(owner)])], ["region", string(region)])],
    [
      "aws",
      object(["cloudwatch", object(["log_group", string(logGroup)], ["log_stream", string(logStream)], ...rejection)]),
    ],
  ];
  const members = membersOf(message.toWellFormed());
  if (!members) return object(...ownOf(), ["message", string(message)]);
  if (mustBeText(members)) return object(...ownOf(["rejection", { string: REJECTED }]), ["message", string(message)]);

  const root: Member[] = [];
  const json: Member[] = [];
  for (const member of ["labels", "annotations"].reduce(withLabels, members)) {
    const place = placeOf(member, members);
    if (place === "message") root.push(["message", member[1]]);
    else (place === "root" ? root : json).push(member);
  }
  return object(...ownOf(), ...root, ...(json.length > 0 ? [["json", object(...json)] as Member] : []));
}

/** Names such as `labels.app` are members of the object, unless one of them is twice, or what has its name is no object. */
function withLabels(members: Member[], root: string): Member[] {
  const dotted = members.filter(([name]) => name.startsWith(`${root}.`) && name !== `${root}.`);
  const own = members.filter(([name]) => name === root).map(([, value]) => value);
  if (dotted.length === 0 || own.length > 1) return members;
  const inner = own.map((value) =>
    value !== null && typeof value === "object" && "members" in value ? value.members : undefined,
  );
  if (inner.includes(undefined)) return members;
  const labels = [
    ...inner.flatMap((each) => each ?? []),
    ...dotted.map(([name, value]): Member => [name.slice(root.length + 1), value]),
  ];
  if (new Set(labels.map(([name]) => name)).size < labels.length) return members;
  return [...members.filter((one) => !dotted.includes(one) && one[0] !== root), [root, object(...labels)]];
}

function membersOf(text: string): Member[] | undefined {
  try {
    const json = parseJson(text);
    return json !== null && typeof json === "object" && "members" in json ? json.members : undefined;
  } catch {
    return undefined;
  }
}

/** A name as an engine reads it: Java's `split` drops empty segments at the end. */
const segmentsOf = (name: string): string[] => {
  const segments = name.split(".");
  while (segments.at(-1) === "") segments.pop();
  return segments;
};

function placeOf([key, value]: Member, members: readonly Member[]): "root" | "message" | "json" {
  const [first, second] = segmentsOf(key);
  const isObject = value !== null && typeof value === "object" && "members" in value;
  const isMessage = value !== null && typeof value === "object" && "string" in value && !isDate(value.string);
  if (RESERVED.includes(first!)) return "json";
  if (first === "message") return key === "message" && isMessage ? "root" : "json";
  if (!["service", "error", "err", "log"].includes(first!)) return "root";
  if (second !== undefined && second !== "") return "root";
  if (key === first && isObject) return "root";
  return key === "log" && isMessage && !members.some(([name]) => name === "message") ? "message" : "json";
}

/** Stands for the reason of a rejection. */
const REJECTED = "rejected";

/** A document as a text in which the order of members, and the reason of a rejection, make no difference. */
export const comparable = (document: string): string =>
  canonical(parseJson(document)).replace(/"rejection":"rejected: (?:[^"\\]|\\.)+"/, `"rejection":"${REJECTED}"`);

/** Whether an engine must not get these members as fields: a name twice in one object, or beyond a limit of docs/documents.md. */
export function mustBeText(members: Member[]): boolean {
  const found: Found = { names: [], texts: [], numbers: [], levels: 0, items: 0, pathsLength: 0, hasTwins: false };
  collect({ members }, 1, [], found);
  const { names, texts, numbers, levels, items, pathsLength, hasTwins } = found;
  const textNumbers = texts.map((text) => text.trim().replace(/\p{Nd}/gu, "1")).filter((text) => NUMBER.test(text));
  const digits = [...numbers, ...textNumbers].map((number) => number.replace(/[^\d]/g, "").length);
  return (
    hasTwins ||
    levels > 100 ||
    names.some((name) => name.length > 512) ||
    items + names.join(".").split(".").length > 20_000 ||
    names.join("").length > 262_144 ||
    pathsLength > 4_194_304 ||
    digits.some((count) => count > 1_000) ||
    textNumbers.some((text) => /e-\d{4}/i.test(text))
  );
}

const NUMBER = /^[-+]?[\d.]+([eE][-+]?\d+)?$/;

interface Found {
  names: string[];
  texts: string[];
  numbers: string[];
  levels: number;
  /** Of all arrays; an empty one counts, too. */
  items: number;
  /** Of the members' and items' paths, each name with a dot after it. */
  pathsLength: number;
  hasTwins: boolean;
}

function collect(json: Json, level: number, path: readonly string[], found: Found): void {
  if (json === null || typeof json === "boolean") return;
  if ("string" in json) found.texts.push(json.string);
  else if ("number" in json) found.numbers.push(json.number);
  else {
    found.levels = Math.max(found.levels, level);
    if ("items" in json) {
      const count = Math.max(1, json.items.length);
      found.items += count;
      found.pathsLength += count * `${path.join(".")}.`.length;
      for (const item of json.items) collect(item, level + 1, path, found);
    } else {
      const names = json.members.map(([name]) => name);
      found.names.push(...names);
      found.hasTwins ||= new Set(names).size < names.length;
      for (const [name, value] of json.members) {
        const dots = name.split(".").length - 1;
        found.levels = Math.max(found.levels, level + dots);
        found.pathsLength += `${[...path, name].join(".")}.`.length;
        collect(value, level + dots + 1, [...path, name], found);
      }
    }
  }
}
