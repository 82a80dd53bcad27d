import type { Envelope } from "../../core/events/envelope";
import { type Json, type Member, parseJson } from "./json";

/** The engines' metadata fields that a document's root must not have. */
const METADATA =
  "__soft_deletes _data_stream_timestamp _doc_count _feature _field_names _id _ignored _ignored_source _index " +
  "_nested_path _primary_term _recovery_source _recovery_source_size _routing _seq_no _size _source _tier _tombstone " +
  "_tsid _type _uid _version";

/** Root fields of a message that never stay at the root. */
export const RESERVED = ["@timestamp", "cloud", "aws", "json", ...METADATA.split(" ")];

/** 2026-11, 2026/11/21 …: what an engine maps as a date. */
const isDate = (text: string): boolean => /^[0-9]{4}[-/][0-9]{2}[-/0-9:.,T+Z ]*$/.test(text);

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
  const file = object(["path", string(`${logGroup}/${logStream}`)]);
  const own: Member[] = [
    ["@timestamp", { string: time }],
    ["cloud", object(["account", object(["id", string(owner)])], ["region", string(region)])],
    [
      "aws",
      object([
        "cloudwatch",
        object(["log_group", string(logGroup)], ["log_stream", string(logStream)], ["rejection", { string: "" }]),
      ]),
    ],
  ];
  const members = membersOf(message.toWellFormed());
  if (!members) return object(...own, ["log", object(["file", file])], ["message", string(message)]);

  const root: Member[] = [];
  const log: Member[] = [["file", file]];
  const json: Member[] = [];
  // Of several members with one key, the last says whether there is anything to place.
  const allAtRoot = [...new Map(members)].every((member) => placeOf(member) === "root");
  for (const member of members) {
    const place = allAtRoot ? "root" : placeOf(member);
    if (place === "log") log.push(...(member[1] as { members: Member[] }).members);
    else (place === "root" ? root : json).push(member);
  }
  if (!root.some(([key]) => key === "message")) root.push(["message", { string: "" }]);
  return object(
    ...own,
    ["log", object(...log)],
    ...root,
    ...(json.length > 0 ? [["json", object(...json)] as Member] : []),
  );
}

function membersOf(text: string): Member[] | undefined {
  try {
    const json = parseJson(text);
    return json !== null && typeof json === "object" && "members" in json ? json.members : undefined;
  } catch {
    return undefined;
  }
}

function placeOf([key, value]: Member): "root" | "log" | "json" {
  const [first, ...below] = key.split(".");
  const isObject = value !== null && typeof value === "object" && "members" in value;
  if (RESERVED.includes(first!)) return "json";
  if (first === "message")
    return key === "message" && typeof value === "object" && value && "string" in value && !isDate(value.string)
      ? "root"
      : "json";
  if (key === "log") return isObject && !value.members.some(([inner]) => /^file(\.|$)/.test(inner)) ? "log" : "json";
  if (first === "log") return below[0] === "file" ? "json" : "root";
  return "root";
}
