import { documentId } from "../events/document-id";
import type { IndexSlot } from "../events/index-slot";
import { bulkLines, EMPTY_MESSAGE_END } from "../sinks/opensearch/bulk-request";
import { documentOf, type RecordFields } from "../sinks/opensearch/document";
import type { WasmEncoder } from "./wasm-encoder";

const ID_KEY = '"_id":"';

/** What the lines of events of one slot begin with: all before `EMPTY_MESSAGE_END`. */
export interface LinePrefix {
  text: string;
  /** Offsets of the event's id, of the time of day and of the end of `cloud`, in bytes. */
  id: number;
  time: number;
  cloud: number;
  /** The slot, in ms since the epoch, its end exclusive. */
  from: number;
  until: number;
}

/** Returns what the plain path writes for an event of a slot, so that both paths write the same fields and the same index. */
export function linePrefixOf(
  { placeholderId }: WasmEncoder,
  where: { owner: string; logGroup: string; fields: RecordFields },
  { index, from, until }: IndexSlot,
): LinePrefix {
  const { fields } = where;
  const at = new Date(from).toISOString();
  const lines = bulkLines(index, documentId(placeholderId, where), documentOf("", at, fields));
  // Offsets in characters are offsets in bytes: everything up to the time is ASCII.
  const id = lines.indexOf(ID_KEY) + ID_KEY.length;
  const time = lines.indexOf(at) + "YYYY-MM-DDT".length;
  // The document's line begins with a brace, the time and a comma, and the fields with those of `cloud`.
  const cloud = Buffer.byteLength(lines.slice(0, lines.indexOf(fields.cloud))) + Buffer.byteLength(fields.cloud) - 1;
  return { text: lines.slice(0, -EMPTY_MESSAGE_END.length), id, time, cloud, from, until };
}
