import type { ParsedOptions } from "../parsers/message-parsing";
import type { FieldShape } from "../parsers/parsed-message";
import { type PlannedMember, slotPlan } from "../sinks/opensearch/slot-plan";
import type { ProgramWriter } from "./program-writer";

/** How documents are written of lines. */
export interface ProgramOptions extends ParsedOptions {
  /** Whether they are lines of an object: documents have their numbers, and are indexed by their own times. */
  readonly isOfObject: boolean;
}

/** Beside assembly/fields/document.ts. */
const [FIELD, OPEN, CLOSE, BYTES, FORBIDDEN, MEMBERS] = [0, 1, 2, 3, 4, 5];

/** Beside assembly/fields/slots.ts: the whole message, what is behind its layout, and a line's number. */
export const MESSAGE_SLOT = 127;
export const REST_SLOT = 124;
const SEQUENCE_SLOT = 125;

/** Of a format: the slots from here on are none of its fields. */
export const MAX_SLOTS = 124;
interface DocumentOptions extends Pick<ProgramOptions, "eventOriginal" | "isOfObject"> {
  /** The slot of `message`; undefined: documents have none. */
  readonly message: number | undefined;
  /** Whether the members of an object follow. @default false */
  readonly hasMembers?: boolean;
}

/** What an entry is, its slot, and whether its texts are dates; then the length and the address of its key. */
type Entry = readonly [kind: number, key: string, slot?: number, isDate?: boolean];

/**
 * Writes what the encoder writes behind a document's line prefix: the order of `rootsOfSlots` and `partsOf` of core/sinks/opensearch.
 *
 * @returns the address of its entries, and their number
 */
export function documentEntries(
  shape: FieldShape,
  { message, eventOriginal, isOfObject, hasMembers = false }: DocumentOptions,
  writer: ProgramWriter,
): readonly [address: number, length: number] {
  const { aws, cloud, event, others } = slotPlan(shape);
  const entries: Entry[] = [
    // They are in the line prefix, where nothing can be added.
    ...fieldsOf(cloud).map(({ slot }): Entry => [FORBIDDEN, "", slot]),
    ...aws.flatMap(entriesOf),
    [BYTES, "}"],
    ...(message === undefined ? [] : [[FIELD, ',"message":', message] as const]),
    [OPEN, ',"event":{'],
    ...(isOfObject ? [[FIELD, ',"sequence":', SEQUENCE_SLOT] as const] : []),
    ...event.flatMap(entriesOf),
    ...(eventOriginal ? [[FIELD, ',"original":', MESSAGE_SLOT] as const] : []),
    [CLOSE, ""],
    ...others.flatMap(entriesOf),
    ...(hasMembers ? [[MEMBERS, ""] as const] : []),
  ];
  const words = entries.flatMap(([kind, key, slot = 0, isDate = false]) => {
    const [address, length] = writer.text(key);
    return [kind + (slot << 8) + (Number(isDate) << 16), length, address];
  });
  return [writer.words(words), entries.length];
}

function entriesOf({ nextKey, slot, isDate, members }: PlannedMember): Entry[] {
  if (slot >= 0) return [[FIELD, nextKey, slot, isDate]];
  return [[OPEN, nextKey], ...members.flatMap(entriesOf), [CLOSE, ""]];
}

const fieldsOf = (members: readonly PlannedMember[]): PlannedMember[] =>
  members.flatMap((member) => (member.slot >= 0 ? [member] : fieldsOf(member.members)));
